using System.Diagnostics;
using Parley.Conversations;
using Parley.Conversations.Commands;
using Parley.Conversations.Events;
using Parley.Conversations.Routing;

namespace Parley.Bench.Workloads.Routing;

/// <summary>
/// A contact centre with more work than agents: whenever an agent ends a conversation another arrives, and routing decides who gets
/// the free slot. Only routing is counted, not what the conversations themselves decide.
/// </summary>
internal sealed class ContactCentre
{
    private const int Skills = 50;

    private readonly Random _random = new(1);
    private readonly RoutingTable _table = new();
    private readonly List<Conversation> _assigned = [];
    private readonly Dictionary<string, Conversation> _open = [];
    private long _now = 1_000_000_000;
    private int _opened;
    private long _ticks;
    private long _bytes;

    public ContactCentre(int agents, int waiting)
    {
        for (var i = 0; i < agents; i++)
        {
            var skills = Enumerable.Range(0, _random.Next(1, 5)).Select(_ => _random.Next(Skills)).Append(i % Skills).Distinct();
            _table.SetAgent($"agent {i}", new AgentRules($"agent {i}", Readiness.All, 3, skills.ToDictionary(Skill, _ => _random.Next(1, 4))));
        }

        while (_table.Waiting < waiting)
        {
            Arrive();
            if (_opened % 100 == 0) Turn();
        }
    }

    public int Decisions { get; private set; }

    public double Microseconds => _ticks * 1e6 / Stopwatch.Frequency / Decisions;

    public double Bytes => (double)_bytes / Decisions;

    /// <summary>Agents end conversations and are given others, until so many decisions were made.</summary>
    public void Work(int decisions)
    {
        (Decisions, _ticks, _bytes) = (0, 0, 0);
        while (Decisions < decisions)
        {
            var at = _random.Next(_assigned.Count);
            var ending = _assigned[at];
            _assigned[at] = _assigned[^1];
            _assigned.RemoveAt(_assigned.Count - 1);
            Commit(ending, new ChangeConversation(new Actor(ending.AssignedAgent!.UserId, ActorKind.Agent), [new Conversations.Changes.CloseEverything(null)]));
            Arrive();
            Turn();
            _now += 20;
        }
    }

    private void Arrive() => Commit(null, new OpenConversation(new ConversationOpened
    {
        ConversationId = $"conversation {_opened++}", AccountId = "account", ConsumerId = "consumer",
        SkillId = _random.Next(20) == 0 ? null : Skill(_random.Next(Skills)),
        Ttr = _random.Next(5) == 0 ? new Ttr(TtrType.Urgent, 600) : new Ttr(TtrType.Normal, 3_600),
    }));

    private void Turn()
    {
        var turn = Counted(() => _table.Next(_now));
        foreach (var offer in turn.Offers)
        {
            Decisions++;
            var rung = Commit(_open[offer.ConversationId], new OfferRing($"{offer.ConversationId} ring", offer.AgentId, offer.Milliseconds) { Need = offer.Need, Why = offer.Why });
            _assigned.Add(Commit(rung, new AnswerRing(new Actor(offer.AgentId, ActorKind.Agent), rung.Rings[^1].Id, true)));
        }
    }

    private Conversation Commit(Conversation? state, ConversationCommand command)
    {
        var decision = Decider.Decide(state, command, _now);
        if (decision.Refusal is { } refusal) throw new InvalidOperationException(refusal.Details);
        var next = Evolution.Replay(state, decision.Events)!;
        if (next.Stage == Stage.Close) _open.Remove(next.Id);
        else _open[next.Id] = next;
        Counted(() =>
        {
            _table.Observe(next);
            return 0;
        });
        return next;
    }

    private T Counted<T>(Func<T> work)
    {
        var (bytes, began) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
        var result = work();
        _ticks += Stopwatch.GetTimestamp() - began;
        _bytes += GC.GetAllocatedBytesForCurrentThread() - bytes;
        return result;
    }

    private static string Skill(int n) => $"{1000 + n}";
}
