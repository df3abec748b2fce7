using Parley.Conversations.Commands;
using Parley.Conversations.Events;
using Parley.Conversations.Routing;

namespace Parley.Conversations.Tests.Routing;

/// <summary>A day in a contact centre, on a clock that jumps from one thing that happens to the next.</summary>
public sealed class WorkdayTests
{
    [Fact]
    public void A_hundred_agents_serve_five_thousand_conversations_fairly_and_none_has_too_much()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("PARLEY_TEST_SEED"), out var given) ? given : Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"PARLEY_TEST_SEED={seed}");
        new Workday(new Random(seed), agents: 100, conversations: 5_000).Run();
    }

    private sealed class Workday(Random random, int agents, int conversations)
    {
        private const int Skills = 12;

        private readonly RoutingTable _table = new();
        private readonly PriorityQueue<Action, long> _events = new();
        private readonly Dictionary<string, Conversation> _open = [];
        private readonly Dictionary<string, AgentRules> _agents = [];
        private readonly Dictionary<string, List<string>> _hands = [];
        private readonly Dictionary<string, int> _limits = [];
        private long _now;
        private int _served;
        private int _mostWaiting;

        public void Run()
        {
            var rules = Enumerable.Range(0, Skills).ToDictionary(Skill, i => new SkillRules { MaxPerAgent = i % 4 == 0 ? 2 : null });
            foreach (var (id, skill) in rules.Where(r => r.Value.MaxPerAgent is not null)) _limits[id] = skill.MaxPerAgent!.Value;
            _table.SetRules(new RoutingRules { Skills = rules });
            for (var i = 0; i < agents; i++)
            {
                // Every skill has its agents; most agents have several, a few take everything.
                var own = i % 20 == 19 ? [] : Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(Skills)).Append(i % Skills).Distinct();
                var agent = new AgentRules($"agent {i}", Readiness.All, random.Next(1, 5), own.ToDictionary(Skill, _ => random.Next(1, 4)));
                (_agents[agent.Name], _hands[agent.Name]) = (agent, []);
                _events.Enqueue(() => _table.SetAgent(agent.Name, agent), random.Next(0, 60_000));
            }

            for (var i = 0; i < conversations; i++)
            {
                var id = $"c{i}";
                _events.Enqueue(() => Arrive(id), random.Next(0, 3_600_000));
            }

            while (_events.TryDequeue(out var happens, out var at))
            {
                _now = Math.Max(_now, at);
                happens();
                Turn();
            }

            Assert.Equal(conversations, _served);
            Assert.Empty(_open);
            Assert.InRange(_mostWaiting, 100, conversations); // there was something to be fair about
        }

        private void Turn()
        {
            var turn = _table.Next(_now);
            foreach (var offer in turn.Offers) Check(offer);
            foreach (var offer in turn.Offers)
            {
                Commit(_open[offer.ConversationId], new OfferRing($"{offer.ConversationId} {_now} {offer.AgentId}", offer.AgentId, offer.Milliseconds) { Need = offer.Need });
                var ring = _open[offer.ConversationId].Rings[^1];
                _events.Enqueue(() => Answer(offer.ConversationId, ring), _now + random.Next(500, 80_000)); // some too late
            }

            foreach (var (id, ringId, how) in turn.RingEnds)
            {
                _hands[_open[id].FindRing(ringId)!.AgentId].Remove(id);
                Commit(_open[id], new EndRing(ringId, how));
            }

            if (turn.WakeAt is { } at) _events.Enqueue(() => { }, at);
            _mostWaiting = Math.Max(_mostWaiting, _table.Waiting);
        }

        private void Check(Offer offer)
        {
            var (conversation, agent) = (_open[offer.ConversationId], _agents[offer.AgentId]);
            var hands = _hands[offer.AgentId];
            Assert.True(MayHave(agent, conversation.SkillId), $"{agent.Name} has not the skill {conversation.SkillId}");
            hands.Add(offer.ConversationId);
            Assert.True(hands.Count <= agent.MaxSlots, $"{agent.Name} has {hands.Count} of {agent.MaxSlots}");
            if (conversation.SkillId is { } skill && _limits.TryGetValue(skill, out var limit))
                Assert.True(hands.Count(id => _open[id].SkillId == skill) <= limit, $"{agent.Name} has too many of {skill}");

            var place = QueueKey.Of(conversation, _now);
            foreach (var other in _open.Values)
            {
                if (other.WaitingSince is null || other.Rings.Any(r => r.State == RingState.Waiting) || _hands.Values.Any(h => h.Contains(other.Id))) continue;
                if (QueueKey.Of(other, _now).CompareTo(place) >= 0 || !MayHave(agent, other.SkillId)) continue;
                if (other.SkillId is { } s && _limits.TryGetValue(s, out var most) && hands.Count(id => id != offer.ConversationId && _open[id].SkillId == s) >= most) continue;
                Assert.True(other.Rings.Any(r => r.AgentId == agent.Name && r.EndedTs + RoutingRules.Default.RetryAfter > _now),
                    $"{other.Id} goes before {conversation.Id} and {agent.Name} might have had it");
            }
        }

        private void Arrive(string id)
        {
            var skill = random.Next(Skills + 2) is var n && n < Skills ? Skill(n) : null;
            Commit(null, new OpenConversation(new ConversationOpened
            {
                ConversationId = id, AccountId = "account", ConsumerId = Scene.Consumer.UserId, SkillId = skill,
                Ttr = random.Next(5) switch { 0 => new(TtrType.Urgent, 300), 1 => new(TtrType.Prioritized, 600), _ => new(TtrType.Normal, 3_600) },
            }));
        }

        private void Answer(string id, Ring ring)
        {
            if (!_open.TryGetValue(id, out var conversation) || conversation.FindRing(ring.Id) is not { State: RingState.Waiting } || _now >= ring.ExpiresTs) return;
            var accepts = random.Next(10) > 0;
            Commit(conversation, new AnswerRing(new Actor(ring.AgentId, ActorKind.Agent), ring.Id, accepts));
            if (!accepts) _hands[ring.AgentId].Remove(id);
            else _events.Enqueue(() => Close(id, ring.AgentId), _now + random.Next(30_000, 300_000));
        }

        private void Close(string id, string agent)
        {
            _hands[agent].Remove(id);
            _served++;
            Commit(_open[id], Scene.Close(new Actor(agent, ActorKind.Agent)));
        }

        private void Commit(Conversation? state, ConversationCommand command)
        {
            var decision = Decider.Decide(state, command, _now);
            Assert.Null(decision.Refusal);
            var next = Evolution.Replay(state, decision.Events)!;
            if (next.Stage == Stage.Close) _open.Remove(next.Id);
            else _open[next.Id] = next;
            _table.Observe(next);
        }

        private static bool MayHave(AgentRules agent, string? skill) => skill is null || agent.Skills.Count == 0 || agent.Skills.ContainsKey(skill);

        private static string Skill(int n) => $"{1000 + n}";
    }
}
