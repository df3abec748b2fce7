using Parley.Conversations;
using Parley.Conversations.Changes;
using Parley.Conversations.Commands;
using Parley.Protocol;
using Parley.Server.Gateway;
using Parley.Server.Hosting;
using Parley.Server.Identity;
using Parley.Server.Tests.Ownership.Support;

namespace Parley.Server.Tests.Ownership;

/// <summary>Consumers who come and go: what their agents are told, in which order, and from memory alone (protocol 10.2).</summary>
public sealed class ConsumerPresenceTests
{
    [Fact]
    public async Task It_is_told_of_conversations_that_are_in_nobodys_memory_without_reading_the_store()
    {
        await using var messaging = await TestMessaging.StartOnDiskAsync();
        var agent = await messaging.AddAgentAsync("agent");
        var id = await messaging.OpenAssignedAsync("consumer", agent);
        foreach (var loses in (Func<Task>[])[() => Task.CompletedTask, messaging.RestartAsync])
        {
            await loses();
            messaging.Time.Advance(TimeSpan.FromMinutes(3));
            Assert.Equal(0, messaging.Conversations.Count);
            TestSocket older = messaging.Agent(agent), newer = messaging.Agent(agent, Dialect.V21);
            messaging.Journal.IsUnreadable = true;

            var consumer = messaging.Consumer("consumer");
            foreach (var socket in (TestSocket[])[older, newer]) await socket.WaitForAsync(r => Says(r, "ACTIVE"));
            consumer.Drop();
            foreach (var socket in (TestSocket[])[older, newer]) await socket.WaitForAsync(r => Says(r, "BACKGROUND"));

            Assert.Equal([("consumer", "ACTIVE"), ("consumer", "BACKGROUND")], Told(older));
            Assert.Equal([id, id], newer.From(0).SelectMany(r => r.Events).Select(e => e.GetProperty("dialogId").GetString()));
            Assert.Equal(0, messaging.Conversations.Count);
            messaging.Journal.IsUnreadable = false;
        }
    }

    [Fact]
    public async Task However_fast_sockets_come_and_go_coming_and_going_alternate_and_the_last_word_is_true()
    {
        var (messaging, _) = await TestMessaging.StartInMemoryAsync();
        await using var _ = messaging;
        var agent = await messaging.AddAgentAsync("agent");
        await messaging.OpenAssignedAsync("consumer", agent);
        await messaging.OpenAssignedAsync("last", agent);
        var hears = messaging.Agent(agent);
        await hears.SyncAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 300; i++) // what all that says fits into the way out of a socket whose reader has not begun
            {
                var connection = new Connection(TestMessaging.Account, Dialect.V3, new MemoryTransport(), new LimitOptions(), messaging.Time, new TestLifetime());
                messaging.Services.Connections.Identify(connection, new Principal(new ConsumerIdentity(TestMessaging.Account, "consumer", "consumer", DateTimeOffset.MaxValue, false)));
                messaging.Services.Connections.Remove(connection);
            }
        })));
        messaging.Consumer("last");
        await hears.WaitForAsync(r => r.Events.Any(e => e.GetProperty("originatorId").GetString() == "last"));

        var told = Told(hears).Where(t => t.Consumer == "consumer").Select(t => t.State).ToList();
        Assert.Equal(Enumerable.Range(0, told.Count).Select(i => i % 2 == 0 ? "ACTIVE" : "BACKGROUND"), told);
        Assert.Equal("BACKGROUND", told[^1]);
        Assert.False(messaging.Services.Connections.HasConsumer(TestMessaging.Account, "consumer"));
    }

    // The order above rests on it: whoever comes next has to wait until that somebody went is reported.
    [Fact]
    public async Task Nobody_comes_or_goes_before_the_last_change_is_reported()
    {
        var (messaging, _) = await TestMessaging.StartInMemoryAsync();
        await using var _ = messaging;
        var connections = messaging.Services.Connections;
        var reported = new List<(bool IsThere, bool HasToWait)>();
        var next = new List<Thread>();
        connections.ConsumerPresenceChanged += change =>
        {
            next.Add(new Thread(() => connections.HasConsumer(change.AccountId, change.ConsumerId)));
            next[^1].Start();
            reported.Add((change.IsThere, !next[^1].Join(TimeSpan.FromMilliseconds(50))));
        };
        var connection = new Connection(TestMessaging.Account, Dialect.V3, new MemoryTransport(), new LimitOptions(), messaging.Time, new TestLifetime());

        connections.Identify(connection, new Principal(new ConsumerIdentity(TestMessaging.Account, "consumer", "consumer", DateTimeOffset.MaxValue, false)));
        connections.Remove(connection);

        next.ForEach(thread => thread.Join());
        Assert.Equal([(true, true), (false, true)], reported);
    }

    [Fact]
    public async Task A_conversation_that_becomes_somebodys_who_is_there_hears_that_he_is()
    {
        var (messaging, _) = await TestMessaging.StartInMemoryAsync();
        await using var _ = messaging;
        var agent = await messaging.AddAgentAsync("agent");
        var id = await messaging.OpenAssignedAsync("anonymous", agent);
        var away = await messaging.OpenAssignedAsync("another", agent);
        await messaging.OpenAssignedAsync("last", agent);
        var hears = messaging.Agent(agent);
        var anonymous = messaging.Consumer("anonymous");
        await hears.WaitForAsync(r => Says(r, "ACTIVE"));
        var known = messaging.Consumer("known");
        await known.SyncAsync();

        await StepUpAsync(messaging, id, "anonymous", "known");
        await hears.WaitForAsync(r => Says(r, "ACTIVE") && r.Events.Single().GetProperty("originatorId").GetString() == "known");
        await StepUpAsync(messaging, away, "another", "absent");
        anonymous.Drop();
        await anonymous.ReadAllAsync();
        known.Drop();
        await hears.WaitForAsync(r => Says(r, "BACKGROUND"));
        messaging.Consumer("last");
        await hears.WaitForAsync(r => r.Events.Any(e => e.GetProperty("originatorId").GetString() == "last"));

        Assert.Equal([("anonymous", "ACTIVE"), ("known", "ACTIVE"), ("known", "BACKGROUND"), ("last", "ACTIVE")], Told(hears));
    }

    [Fact]
    public async Task Who_is_identified_anew_while_his_socket_ends_is_not_there_for_ever()
    {
        var (messaging, _) = await TestMessaging.StartInMemoryAsync();
        await using var _ = messaging;
        var connection = new Connection(TestMessaging.Account, Dialect.V3, new MemoryTransport(), new LimitOptions(), messaging.Time, new TestLifetime());
        var connections = messaging.Services.Connections;
        connections.Identify(connection, Consumer("anonymous"));

        connections.Remove(connection);
        connections.Identify(connection, Consumer("known"));

        Assert.False(connections.HasConsumer(TestMessaging.Account, "anonymous") || connections.HasConsumer(TestMessaging.Account, "known"));
        Assert.Equal(0, connections.Count);

        static Principal Consumer(string id) => new(new ConsumerIdentity(TestMessaging.Account, id, id, DateTimeOffset.MaxValue, false));
    }

    private static async Task StepUpAsync(TestMessaging messaging, string conversationId, string from, string to)
    {
        var done = new TestReply();
        messaging.Conversations.Execute(conversationId, TestMessaging.Account, new ChangeConversation(new Actor(from, ActorKind.Consumer), [new StepUp(to)]), done);
        await done.Done;
    }

    private static bool Says(Received received, string chatState) =>
        received.Events.Any(e => e.GetProperty("event").TryGetProperty("chatState", out var state) && state.GetString() == chatState);

    private static IEnumerable<(string Consumer, string State)> Told(TestSocket socket) => socket.From(0).SelectMany(r => r.Events)
        .Select(e => (e.GetProperty("originatorId").GetString()!, e.GetProperty("event").GetProperty("chatState").GetString()!));
}
