using Parley.Conversations.Commands;
using Parley.Conversations.Events;
using Parley.Conversations.Routing;

namespace Parley.Conversations.Tests.Routing;

/// <summary>The table against what anybody can count: offers on their way, rings, assigned conversations.</summary>
public sealed class RandomRoutingTests
{
    private const int Conversations = 12;
    private static readonly string[] Agents = ["ada", "ben", "eve"];

    [Fact]
    public void No_agent_is_ever_given_more_than_he_can_take_and_nothing_is_offered_twice()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("PARLEY_TEST_SEED"), out var given) ? given : Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"PARLEY_TEST_SEED={seed}");
        var random = new Random(seed);
        for (var times = Environment.GetEnvironmentVariable("PARLEY_TEST_ALL") == "1" ? 5_000 : 300; times > 0; times--) new Play(random).Run();
    }

    private sealed class Play(Random random)
    {
        private readonly RoutingTable _table = new();
        private readonly Dictionary<string, Conversation> _states = [];
        private readonly Dictionary<string, (bool IsAvailable, int Slots)> _agents = [];
        private readonly Dictionary<string, Offer> _underWay = [];
        private readonly Queue<Conversation> _unseen = [];
        private int _opened;
        private int _rings;
        private long _now = 1_000;

        public void Run()
        {
            for (var step = 0; step < 300; step++)
            {
                _now += random.Next(0, 3_000);
                Act();
                MakeOffers();
            }
        }

        private void Act()
        {
            switch (random.Next(7))
            {
                case 0 when _states.Count < Conversations:
                    Commit(null, Decider.Decide(null, Opening($"c{_opened++}"), _now));
                    break;
                case 1:
                    var agent = Agents[random.Next(Agents.Length)];
                    _agents[agent] = (random.Next(4) > 0, _agents.GetValueOrDefault(agent).Slots is > 0 and var slots ? slots : random.Next(1, 4));
                    _table.SetAgent(agent, _agents[agent].IsAvailable, _agents[agent].Slots, []);
                    break;
                case 2 when _underWay.Count > 0:
                    EndOffer(_underWay.Values.ElementAt(random.Next(_underWay.Count)));
                    break;
                case 3 or 4 when Ringing() is { } ring:
                    Do(ring.Conversation, new AnswerRing(new Actor(ring.Ring.AgentId, ActorKind.Agent), ring.Ring.Id, random.Next(3) > 0));
                    break;
                case 5 when Ringing() is { } ring:
                    Do(ring.Conversation, new EndRing(ring.Ring.Id, random.Next(2) == 0 ? RingState.Expired : RingState.Cancelled));
                    break;
                case 6 when _states.Count > 0 && random.Next(3) == 0:
                    Do(_states.Values.ElementAt(random.Next(_states.Count)), Scene.Close(new Actor("consumer", ActorKind.Consumer)));
                    break;
                default:
                    if (_unseen.TryDequeue(out var seen)) _table.Observe(seen);
                    break;
            }
        }

        // The store takes its time: what an offer became is seen later, or it could not be stored.
        private void EndOffer(Offer offer)
        {
            _underWay.Remove(offer.ConversationId);
            if (random.Next(3) > 0 && _states.TryGetValue(offer.ConversationId, out var state)
                && Decider.Decide(state, new OfferRing($"ring {_rings++}", offer.AgentId, 5_000), _now) is { Refusal: null } decision)
            {
                Commit(state, decision);
            }
            else
            {
                _table.Withdraw(offer);
            }
        }

        private void MakeOffers()
        {
            foreach (var offer in _table.Next(_now, out _))
            {
                Assert.True(_agents[offer.AgentId].IsAvailable, "Offered to somebody who is not there.");
                Assert.True(_underWay.TryAdd(offer.ConversationId, offer), "Offered while an offer is under way.");
            }

            foreach (var (agent, (_, slots)) in _agents) Assert.InRange(Load(agent), 0, slots);
        }

        // What the agent would have on his hands if everything on its way arrived now.
        private int Load(string agent) => _states.Values.Count(c =>
            c.AssignedAgent?.UserId == agent || c.Rings.Any(r => r.State == RingState.Waiting && r.AgentId == agent))
            + _underWay.Values.Count(o => o.AgentId == agent && _states.TryGetValue(o.ConversationId, out var c) && c.AssignedAgent is null);

        private (Conversation Conversation, Ring Ring)? Ringing()
        {
            var all = _states.Values.SelectMany(c => c.Rings.Where(r => r.State == RingState.Waiting).Select(r => (c, r))).ToList();
            return all.Count == 0 ? null : all[random.Next(all.Count)];
        }

        private void Do(Conversation state, ConversationCommand command)
        {
            if (Decider.Decide(state, command, _now) is { Refusal: null } decision) Commit(state, decision);
        }

        private void Commit(Conversation? state, Decision decision)
        {
            var next = Evolution.Replay(state, decision.Events)!;
            if (next.Stage == Stage.Close) _states.Remove(next.Id);
            else _states[next.Id] = next;
            _unseen.Enqueue(next);
            if (random.Next(2) == 0)
            {
                while (_unseen.TryDequeue(out var seen)) _table.Observe(seen);
            }
        }

        private static OpenConversation Opening(string id) =>
            new(new ConversationOpened { ConversationId = id, AccountId = "account", ConsumerId = "consumer" });
    }
}
