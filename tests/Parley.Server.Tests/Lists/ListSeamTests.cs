using Parley.Server.Identity;
using Parley.Server.Tests.Ownership.Support;

namespace Parley.Server.Tests.Lists;

/// <summary>Snapshots taken while conversations open, change and close: what a subscriber has put together is the truth.</summary>
public sealed class ListSeamTests
{
    private static readonly object[] Filters =
    [
        new { },
        new { convState = new[] { "OPEN" } },
        new { stage = new[] { "CLOSE" } },
        new { consumerId = "consumer 1" },
    ];

    [Fact]
    public async Task Every_subscriber_ends_with_the_truth_and_no_conversation_goes_back()
    {
        var random = Sampling.Random();
        for (var times = Sampling.Count(1, 10); times > 0; times--) await TryAsync(random);
    }

    private static async Task TryAsync(Random random)
    {
        await using var messaging = await TestMessaging.StartOnDiskAsync();
        var agent = await messaging.AddAgentAsync("agent");
        var manager = await messaging.AddAgentAsync("manager", AgentRole.Manager);
        var open = new List<string>();
        for (var round = Sampling.Count(25, 60); round > 0; round--)
        {
            var views = new List<ListView>();
            var changing = ChangeAsync(messaging, agent, open, random.Next());
            for (var i = 0; i < 16; i++)
            {
                for (var spin = random.Next(0, 500); spin > 0; spin--) Thread.SpinWait(1);
                var by = random.Next(3);
                var socket = by switch { 0 => messaging.Consumer("consumer 1"), 1 => messaging.Agent(agent), _ => messaging.Agent(manager) };
                var filter = by == 0 ? random.Next(3) : random.Next(Filters.Length);
                views.Add(new ListView(socket, (await socket.ListAsync(Filters[filter])).Id, by switch { 0 => "consumer 1", 1 => agent.Pid, _ => null }, filter));
            }

            await changing;
            messaging.Time.Advance(TimeSpan.FromSeconds(1)); // what is held back comes
            foreach (var view in views) await view.CheckAsync(messaging);
        }
    }

    private static async Task ChangeAsync(TestMessaging messaging, AgentProfile agent, List<string> open, int seed)
    {
        await Task.Yield();
        var random = new Random(seed);
        var speakers = Enumerable.Range(0, 3).Select(i => messaging.Consumer($"consumer {i}")).ToArray();
        var pending = new List<Task>();
        for (var i = 0; i < 60; i++)
        {
            var who = random.Next(speakers.Length);
            switch (random.Next(5))
            {
                case 0 when open.Count < 40:
                    var isAssigned = random.Next(2) == 0;
                    open.Add($"{who} {await messaging.OpenAssignedAsync($"consumer {who}", isAssigned ? agent : null)}");
                    break;
                case 1 when open.Count > 10:
                    var closing = open[random.Next(open.Count)];
                    open.Remove(closing);
                    pending.Add(speakers[closing[0] - '0'].AnswerAsync(speakers[closing[0] - '0'].Close(closing[2..])));
                    break;
                default:
                    if (open.Count == 0) break;
                    var one = open[random.Next(open.Count)];
                    pending.Add(speakers[one[0] - '0'].AnswerAsync(speakers[one[0] - '0'].Say(one[2..], $"{i}")));
                    break;
            }
        }

        await Task.WhenAll(pending);
        foreach (var speaker in speakers) speaker.Drop();
    }

    /// <summary>What a client knows that applies every change it is told.</summary>
    private sealed class ListView(TestSocket socket, string id, string? participant, int filter)
    {
        public async Task CheckAsync(TestMessaging messaging)
        {
            await socket.SyncAsync();
            var view = new Dictionary<string, ListChange>();
            var newest = new Dictionary<string, long>();
            foreach (var change in socket.From(0).SelectMany(r => r.ListChanges).Where(c => c.SubscriptionId == id))
            {
                Assert.True(newest.GetValueOrDefault(change.ConversationId) <= change.LastUpdate, "A conversation went back.");
                newest[change.ConversationId] = change.LastUpdate;
                if (change.IsDelete) Assert.True(view.Remove(change.ConversationId), "What was never listed was deleted.");
                else view[change.ConversationId] = change;
            }

            // An agent who asks for one consumer also gets, while he serves him, what that one closed before, whoever had it. That
            // depends on other conversations and is asked for anew when it changes; what he takes part in must be here all the same.
            var all = messaging.Services.Journal.Query(new(TestMessaging.Account) { Limit = int.MaxValue }).ToDictionary(c => c.Id);
            if (participant is not null && filter == 3) view = view.Where(seen => IsVisible(all[seen.Key])).ToDictionary();
            var truth = all.Values.Where(IsVisible).ToDictionary(c => c.Id);
            Assert.Equal(truth.Keys.Order(), view.Keys.Order());
            foreach (var (conversationId, seen) in view)
            {
                Assert.Equal(truth[conversationId].Stage.ToString().ToUpperInvariant(), seen.Stage);
                if (participant != "consumer 1") Assert.Equal(truth[conversationId].LastTimestamp, seen.LastUpdate);
            }

            socket.Drop();
        }

        private bool IsVisible(Parley.Conversations.Conversation c) =>
            (participant is null || c.Main.Find(participant) is not null)
            && filter switch
            {
                1 => c.Stage == Parley.Conversations.Stage.Open,
                2 => c.Stage == Parley.Conversations.Stage.Close,
                3 => c.ConsumerId == "consumer 1",
                _ => true,
            };
    }
}
