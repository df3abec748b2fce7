using Parley.Conversations.Changes;
using Parley.Conversations.Commands;
using Parley.Conversations.Events;
using Parley.Conversations.Routing;

namespace Parley.Conversations.Tests.Routing;

/// <summary>
/// Routing against <see cref="Reference"/> while everything happens that may: arrivals, answers to rings, time, transfers, agents who
/// come, go and change, messages, new rules, closes, a store that is late or fails, and a crash of the whole process.
/// </summary>
public sealed class ModelTests
{
    [Fact]
    public void Every_offer_is_the_one_that_ought_to_be_made_and_none_is_missing()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("PARLEY_TEST_SEED"), out var given) ? given : Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"PARLEY_TEST_SEED={seed}");
        var random = new Random(seed);
        for (var times = Environment.GetEnvironmentVariable("PARLEY_TEST_ALL") == "1" ? 2_000 : 60; times > 0; times--) new Play(random).Run();
    }

    private sealed class Play(Random random)
    {
        private const int Most = 14;
        private static readonly string[] Names = ["ada", "ben", "eve", "kim", "lou"];
        private static readonly string?[] Skills = [null, "boats", "cars", "trains"];
        private static readonly Actor Manager = new("boss", ActorKind.Agent) { IsManager = true };

        private readonly Reference _reference = new();
        private readonly Dictionary<string, Conversation> _states = [];
        private readonly Queue<Conversation> _unseen = [];
        private readonly List<Offer> _made = []; // of which nothing became yet
        private readonly List<string> _log = [];
        private RoutingTable _table = new();
        private int _opened;
        private int _rings;
        private long _now = 1_000_000;
        private bool _isWhole = true; // no weights, nobody let in but by routing: slots are then never exceeded, whatever is late

        public void Run()
        {
            NewRules();
            for (var step = 0; step < 250; step++)
            {
                _now += random.Next(0, 4) == 0 ? random.Next(0, 60_000) : random.Next(0, 500);
                Act(random.Next(22));
                Turn();
            }
        }

        private void Act(int what)
        {
            switch (what)
            {
                case 0 or 1 or 2 when _states.Count < Most:
                    Commit(null, Decider.Decide(null, Opening(), _now));
                    break;
                case 3 or 4:
                    AgentChanges();
                    break;
                case 5 when random.Next(12) == 0:
                    NewRules();
                    break;
                case 6 or 7 or 8 or 9 when _made.Count > 0:
                    EndOffer(Any(_made));
                    break;
                case 10 or 11 when Ringing() is { } rung:
                    Do(rung.State, new AnswerRing(new Actor(rung.Ring.AgentId, ActorKind.Agent), rung.Ring.Id, random.Next(3) > 0));
                    break;
                case 12 when Assigned() is { } state:
                    Do(state, Change(new ChangeParticipant(ParticipantChange.Remove, Role.AssignedAgent, null, null)));
                    break;
                case 13 when Assigned() is { } state:
                    Do(state, new ReturnToQueue(state.AssignedAgent!.UserId));
                    break;
                case 14 when State() is { } state:
                    Do(state, Change(
                        new ChangeParticipant(ParticipantChange.Remove, Role.AssignedAgent, null, null),
                        new ChangeParticipant(ParticipantChange.Suggest, Role.AssignedAgent, Any(Names), null)));
                    Do(_states[state.Id], Change(new ChangeParticipant(ParticipantChange.Suggest, Role.AssignedAgent, Any(Names), null)));
                    break;
                case 15 when State() is { } state:
                    Do(state, Change(new ChangeSkill(Any(Skills))));
                    break;
                case 16 when State() is { } state:
                    Do(state, Scene.Close(Scene.Consumer));
                    break;
                case 17 when State() is { } state:
                    Do(state, new PublishMessage(Scene.Consumer, state.Id, MessageKind.Content, Audience.All, [1]));
                    break;
                case 18 when Assigned() is { } state:
                    Do(state, new PublishMessage(new Actor(state.AssignedAgent!.UserId, ActorKind.Agent), state.Id, MessageKind.Content, Audience.All, [1]));
                    break;
                case 19 when random.Next(15) == 0:
                    Crash();
                    break;
                default:
                    if (_unseen.Count > 0) See();
                    break;
            }
        }

        private void NewRules()
        {
            SkillRules Random() => new()
            {
                RingAgents = random.Next(3) == 0 ? random.Next(2, 4) : 1,
                AutoAccept = random.Next(4) == 0,
                FallbackSkillId = random.Next(3) == 0 ? "trains" : null,
                FallbackAfter = 20_000,
                MaxPerAgent = random.Next(3) == 0 ? 1 : null,
            };
            var idle = random.Next(3) == 0 ? 50 : 100;
            _isWhole &= idle == 100;
            _reference.Rules = new RoutingRules
            {
                RingMilliseconds = 5_000, TransferFallback = 15_000, IdlePercent = idle, IdleAfter = 8_000,
                Skills = new Dictionary<string, SkillRules> { ["boats"] = Random(), ["cars"] = Random() },
            };
            _table.SetRules(_reference.Rules);
        }

        private void AgentChanges()
        {
            var name = Any(Names);
            var known = _reference.Agents.GetValueOrDefault(name);
            var skills = known is null || random.Next(10) == 0
                ? Skills.OfType<string>().Where(_ => random.Next(2) == 0).ToDictionary(s => s, _ => random.Next(1, 3)) : known.Skills.ToDictionary();
            _reference.Agents[name] = new AgentRules(name, (Readiness)random.Next(4) switch { 0 => Readiness.None, (Readiness)1 => Readiness.Transfers, _ => Readiness.All },
                known?.MaxSlots ?? random.Next(1, 4), skills);
            _table.SetAgent(name, _reference.Agents[name]);
        }

        // The store takes its time: what an offer became is seen later, or it could not be stored.
        private void EndOffer(Offer offer)
        {
            _made.Remove(offer);
            if (random.Next(4) > 0 && _states.TryGetValue(offer.ConversationId, out var state)
                && Decider.Decide(state, new OfferRing($"ring {_rings++}", offer.AgentId, offer.Milliseconds) { AutoAccept = offer.AutoAccept, Need = offer.Need, Why = offer.Why }, _now)
                    is { Refusal: null } decision)
            {
                Commit(state, decision);
            }
            else
            {
                _reference.UnderWay.Remove(offer);
                _table.Withdraw(offer);
            }
        }

        private void Crash()
        {
            _unseen.Clear();
            _reference.UnderWay.Clear();
            _made.Clear();
            _reference.Seen.Clear();
            _table = new RoutingTable();
            _table.SetRules(_reference.Rules);
            foreach (var (name, rules) in _reference.Agents) _table.SetAgent(name, rules);
            foreach (var state in _states.Values.ToList()) Commit(state, Decider.Decide(state, new EndRing(null, RingState.Cancelled), _now));
            while (_unseen.Count > 0) See();
        }

        private void Turn()
        {
            var turn = _table.Next(_now);
            foreach (var offer in turn.Offers)
            {
                var first = _reference.Servable(_now).FirstOrDefault();
                Check(first?.Id == offer.ConversationId, $"{offer.ConversationId} was offered, {first?.Id} goes before it");
                Check(_reference.Fitness(first!, offer.AgentId, _now) is { } fitness && fitness == _reference.Best(first!, _now),
                    $"{offer.AgentId} was given {offer.ConversationId}: {_reference.Fitness(first!, offer.AgentId, _now)}, best is {_reference.Best(first!, _now)}");
                Check(offer.AutoAccept == _reference.Rules.Of(first!.SkillId).AutoAccept && offer.Why.Length > 0, "The offer does not say what it should");
                _log.Add($"{_now}: {offer.ConversationId} to {offer.AgentId}: {offer.Why}");
                _reference.UnderWay.Add(offer);
                _made.Add(offer);
            }

            Check(!_reference.Servable(_now).Any(), "Somebody waits whom somebody could take");
            foreach (var (id, ringId, how) in turn.RingEnds) Do(_states.GetValueOrDefault(id), new EndRing(ringId, how));
            foreach (var ring in _reference.Seen.Values.SelectMany(c => c.Rings).Where(r => r.State == RingState.Waiting && r.ExpiresTs <= _now))
                Check(turn.RingEnds.Any(e => e.RingId == ring.Id) || turn.WakeAt <= _now + RoutingTable.RepeatAfter, $"{ring.Id} is over and nobody ends it");
            foreach (var (state, ring) in _reference.Seen.Values.SelectMany(c => c.Rings.Where(r => r.State == RingState.Waiting).Select(r => (c, r))))
                Check(_reference.MayRing(state, ring.AgentId, _now) || turn.RingEnds.Any(e => e.RingId == ring.Id) || turn.WakeAt <= _now + RoutingTable.RepeatAfter,
                    $"{ring.Id} rings at {ring.AgentId}, who may not have {state.Id}");
            foreach (var name in _reference.Agents.Keys)
            {
                if (!_isWhole) break;
                var load = _states.Values.Count(c => c.AssignedAgent?.UserId == name || c.Rings.Any(r => r.State == RingState.Waiting && r.AgentId == name));
                Check(load <= _reference.Agents[name].MaxSlots, $"{name} has {load} conversations on his hands");
            }
        }

        private void See()
        {
            var state = _unseen.Dequeue();
            var before = _reference.Seen.GetValueOrDefault(state.Id);
            if (state.Stage == Stage.Close) _reference.Seen.Remove(state.Id);
            else _reference.Seen[state.Id] = state;
            _reference.UnderWay.RemoveAll(o => o.ConversationId == state.Id
                && (state.Stage == Stage.Close || state.Rings.Any(r => r.AgentId == o.AgentId && before?.Rings.All(known => known.Id != r.Id) != false)));
            _table.Observe(state);
        }

        private void Do(Conversation? state, ConversationCommand command)
        {
            if (state is not null && Decider.Decide(state, command, _now) is { Refusal: null } decision) Commit(state, decision);
        }

        private void Commit(Conversation? state, Decision decision)
        {
            var next = Evolution.Replay(state, decision.Events)!;
            _now = Math.Max(_now, next.LastTimestamp);
            if (next.Stage == Stage.Close) _states.Remove(next.Id);
            else _states[next.Id] = next;
            _unseen.Enqueue(next);
            while (_unseen.Count > 0 && random.Next(4) > 0) See();
        }

        private OpenConversation Opening() => new(new ConversationOpened
        {
            ConversationId = $"c{_opened++}", AccountId = "account", ConsumerId = Scene.Consumer.UserId, SkillId = Any(Skills),
            Ttr = new Ttr((TtrType)random.Next(4), random.Next(1, 4) * 15),
        });

        private static ChangeConversation Change(params FieldChange[] changes) => new(Manager, changes);

        private (Conversation State, Ring Ring)? Ringing() =>
            _states.Values.SelectMany(c => c.Rings.Where(r => r.State == RingState.Waiting).Select(r => (c, r))).ToList() is { Count: > 0 } all ? Any(all) : null;

        private Conversation? Assigned() => _states.Values.Where(c => c.AssignedAgent is not null).ToList() is { Count: > 0 } all ? Any(all) : null;

        private Conversation? State() => _states.Count > 0 ? Any(_states.Values.ToList()) : null;

        private T Any<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];

        private void Check(bool isTrue, string otherwise) => Assert.True(isTrue, $"{otherwise}\n{string.Join('\n', _log.TakeLast(20))}");
    }
}
