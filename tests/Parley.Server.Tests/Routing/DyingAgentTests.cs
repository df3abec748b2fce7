using Parley.Conversations;
using Parley.Conversations.Routing;
using Parley.Server.Identity;
using Parley.Server.Tests.Ownership.Support;

namespace Parley.Server.Tests.Routing;

/// <summary>Agents whose sockets end at any moment around a ring and its answer: somebody else has the conversation, in its turn, and none is forgotten.</summary>
public sealed class DyingAgentTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_an_agent_leaves_behind_rings_elsewhere_in_its_turn_and_nothing_is_forgotten(bool returnsWhenGone)
    {
        var random = Sampling.Random();
        var (deaths, rings, held, slowest) = (0, 0, 0, 0L);
        while (deaths < Sampling.Count(30, 500))
        {
            await using var floor = await Floor.OpenAsync(new AccountSettings { ReturnWhenGone = returnsWhenGone });
            var play = new Play(floor, returnsWhenGone, random);
            await play.RunAsync();
            deaths += play.Deaths;
            rings += play.RingsLost;
            held += play.ConversationsLost;
            slowest = Math.Max(slowest, play.SlowestRing);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{deaths} deaths with {rings} rings and {held} conversations; the slowest ring came {slowest} ms of the server's clock later elsewhere");
    }

    private sealed class Play(Floor floor, bool returnsWhenGone, Random random)
    {
        private const int MostOpen = 8;
        private const int GraceSeconds = 60;
        private const int AskAgain = 10_000;

        private readonly List<TestAgent> _dead = [];
        private readonly Dictionary<string, long> _diedAt = [];

        public int Deaths { get; private set; }
        public int RingsLost { get; private set; }
        public int ConversationsLost { get; private set; }
        public long SlowestRing { get; private set; }

        public async Task RunAsync()
        {
            for (var i = 0; i < 4; i++) await floor.AgentAsync($"agent-{i}", random.Next(1, 3));
            for (var step = 0; step < 14; step++)
            {
                await ActAsync();
                await floor.SettledAsync();
                Check();
            }

            await EndAsync();
        }

        private async Task ActAsync()
        {
            switch (random.Next(9))
            {
                case 0 or 1 when floor.Conversations.Count < MostOpen:
                    await floor.OpenAsync();
                    break;
                case 2 or 6 when Rung().FirstOrDefault() is { } agent:
                    await Task.WhenAll(RingsOf(agent).Select(ring => agent.TryAnswerAsync(ring.Id, "ACCEPTED")));
                    break;
                case 3 when _dead.Count > 0:
                    await ReturnAsync(_dead[random.Next(_dead.Count)]);
                    break;
                case 4 when floor.Conversations.FirstOrDefault(id => floor.AssignedTo(id) is not null) is { } served:
                    await floor.CloseAsync(served);
                    break;
                case 5:
                    floor.Messaging.Time.Advance(TimeSpan.FromSeconds(random.Next(1, 45)));
                    break;
                default:
                    if (floor.Present.Count > 1) await DieAsync();
                    break;
            }
        }

        private async Task DieAsync()
        {
            Deaths++;
            if (!Rung().Any() && floor.Conversations.Count < MostOpen) await floor.OpenAsync();
            await floor.SettledAsync();
            var journal = floor.Journal;
            var agent = Rung().FirstOrDefault(_ => random.Next(4) > 0) ?? floor.Present[random.Next(floor.Present.Count)];
            var rings = RingsOf(agent);
            var moment = random.Next(6);
            string? opening = null;
            if (moment is 0 or 1 && floor.Conversations.Count < MostOpen) opening = floor.SendOpen();
            if (moment is 2 or 3)
            {
                foreach (var ring in rings) agent.Socket.Send(".ams.routing.UpdateRingState", new { ringId = ring.Id, ringState = "ACCEPTED" });
            }

            if (moment == 4)
            {
                foreach (var ring in rings) await agent.TryAnswerAsync(ring.Id, "ACCEPTED");
            }

            // The store takes its time: what he did last, and what was decided for him, is stored when he has gone.
            if (moment is 1 or 3 or 5) journal.Hold();
            var gone = floor.Gone(agent);
            agent.Socket.Drop();
            await gone;
            _dead.Add(agent);
            _diedAt[agent.Profile.Pid] = floor.Messaging.Now;
            journal.Release();
            if (opening is not null) floor.Conversations.Add((await floor.Consumer.AnswerAsync(opening)).Body.GetProperty("conversationId").GetString()!);
            await floor.SettledAsync();
            ConversationsLost += floor.Conversations.Count(id => floor.AssignedTo(id) == agent.Profile.Login);
            Check();
            Measure(rings);
        }

        // Those that rang at him ring elsewhere, unless he had accepted or nobody else is free, which is checked for all.
        private void Measure(List<Ring> rings)
        {
            foreach (var ring in rings)
            {
                RingsLost++;
                var state = floor.Conversations.Select(floor.Messaging.State).Single(c => c.FindRing(ring.Id) is not null);
                Assert.NotEqual(RingState.Waiting, state.FindRing(ring.Id)!.State);
                if (state.Rings.FirstOrDefault(r => r.State == RingState.Waiting) is { } next)
                    SlowestRing = Math.Max(SlowestRing, next.OfferedTs - floor.Messaging.Now);
            }
        }

        private async Task ReturnAsync(TestAgent agent)
        {
            _dead.Remove(agent);
            var isBackInTime = floor.Messaging.Now < _diedAt[agent.Profile.Pid] + GraceSeconds * 1000;
            var back = await floor.ConnectAsync(agent.Profile);
            if (!isBackInTime) await back.SetAsync("ONLINE");
        }

        private void Check()
        {
            var now = floor.Messaging.Now;
            var states = floor.Conversations.Select(floor.Messaging.State).ToList();
            var present = floor.Present.Select(a => a.Profile.Pid).ToHashSet();
            foreach (var state in states)
            {
                Assert.True(state.WaitingSince is null == state.AssignedAgent is not null, "A conversation is nobody's and does not wait");
                Assert.DoesNotContain(state.Rings, r => r.State == RingState.Waiting && !present.Contains(r.AgentId));
                if (state.AssignedAgent is not { UserId: var pid } || present.Contains(pid)) continue;
                Assert.False(returnsWhenGone && now >= _diedAt[pid] + GraceSeconds * 1000, "A conversation is still his who has been gone for a minute");
            }

            var unrung = states.Where(c => c.WaitingSince is not null && c.Rings.All(r => r.State != RingState.Waiting)).ToList();
            foreach (var agent in floor.Present)
            {
                var pid = agent.Profile.Pid;
                var used = states.Count(c => c.AssignedAgent?.UserId == pid || c.Rings.Any(r => r.State == RingState.Waiting && r.AgentId == pid));
                Assert.InRange(used, 0, agent.Profile.MaxSlots);
                if (used < agent.Profile.MaxSlots)
                    Assert.All(unrung, c => Assert.Contains(c.Rings, r => r.AgentId == pid && r.State == RingState.Expired && r.EndedTs + AskAgain > now));
            }
        }

        // Everybody is back and takes nothing new; then one newcomer is given what waits, one after the other, in its order.
        private async Task EndAsync()
        {
            foreach (var agent in _dead.ToList()) await floor.ConnectAsync(agent.Profile);
            foreach (var agent in floor.Present) await agent.SetAsync("AWAY");
            await floor.SettledAsync();
            Assert.All(floor.Conversations, id => Assert.Empty(floor.RungFor(id)));
            var now = floor.Messaging.Now;
            var expected = floor.Conversations.Select(floor.Messaging.State).Where(c => c.WaitingSince is not null).OrderBy(c => QueueKey.Of(c, now)).Select(c => c.Id).ToList();
            var last = await floor.AgentAsync("last", slots: 1);
            foreach (var id in expected)
            {
                await floor.SettledAsync();
                Assert.Equal(["last"], floor.RungFor(id));
                await last.AcceptAsync(id);
                await floor.CloseAsync(id);
            }

            foreach (var id in floor.Conversations.ToList()) await floor.CloseAsync(id);
            await floor.SettledAsync();
            var (waiting, used) = await floor.Messaging.Services.Routing.Of(TestMessaging.Account).ReadAsync((table, _, _) => (table.Waiting, table.Agents.Sum(a => a.UsedSlots)));
            Assert.Equal((0, 0m), (waiting, used));
        }

        private IEnumerable<TestAgent> Rung() => floor.Present.Where(agent => RingsOf(agent).Count > 0);

        private List<Ring> RingsOf(TestAgent agent) =>
            [.. floor.Conversations.SelectMany(id => floor.Messaging.State(id).Rings).Where(r => r.State == RingState.Waiting && r.AgentId == agent.Profile.Pid)];
    }
}
