using Parley.Conversations.Changes;
using Parley.Conversations.Commands;
using Parley.Conversations.Events;
using Parley.Conversations.Routing;

namespace Parley.Conversations.Tests.Routing;

public sealed class DayStatisticsTests
{
    private const long Start = 1_000_000_000;
    private const long Hour = 3_600_000;
    private const long End = Start + 24 * Hour;
    private static readonly Actor Ada = new("ada", ActorKind.Agent);

    private readonly DayStatistics _day = new(Start, End);
    private readonly RoutingRules _rules = new() { Skills = new Dictionary<string, SkillRules> { ["7"] = new() { WaitTarget = 5_000 } } };
    private Conversation? _state;

    [Fact]
    public void A_conversation_counts_where_and_when_things_happened_to_it()
    {
        _day.Complete([], _rules);
        Open(Start + 10);
        Do(new OfferRing("ring 1", "ada", 9_000), Start + 1_000);
        Do(new AnswerRing(Ada, "ring 1", false), Start + 2_000);
        Do(new OfferRing("ring 2", "ada", 9_000), Start + 3_000);
        Do(new AnswerRing(Ada, "ring 2", true), Start + 4_009); // first his ring, then he: one millisecond each
        Do(Scene.Text(Ada), Start + 2 * Hour);
        Do(Scene.Close(Ada), Start + 3 * Hour);

        Assert.True(_day.IsComplete);
        Assert.Equal((1, 1, 0), (_day.Total.Opened, _day.Total.Closed, _day.Total.Abandoned));
        Assert.Equal((1, 1, 4_000L, 4_000L), (_day.Total.Assigned, _day.Total.AssignedInTime, _day.Total.WaitTotal, _day.Total.WaitLongest));
        Assert.Equal((1, 0, 2 * Hour - 10), (_day.Total.Answered, _day.Total.AnsweredInTime, _day.Total.AnswerLongest));
        Assert.Equal((2, 1, 1, 0), (_day.Total.RingsOffered, _day.Total.RingsAccepted, _day.Total.RingsRejected, _day.Total.RingsExpired));
        Assert.Equal([0, 2, 3], Enumerable.Range(0, 24).Where(h => _day.Hours[h] is { Assigned: > 0 } or { Answered: > 0 } or { Closed: > 0 }));
        Assert.Equal((1, 1), (_day.BySkill["7"].Opened, _day.ByAgent["ada"].Closed));
    }

    [Fact]
    public void Whoever_leaves_without_having_had_an_agent_gave_up()
    {
        _day.Complete([], _rules);
        Open(Start + 10);
        Do(Scene.Close(Scene.Consumer), Start + 60_000);

        Assert.Equal((1, 1, 0), (_day.Total.Closed, _day.Total.Abandoned, _day.Total.Assigned));
    }

    [Fact]
    public void A_wait_beyond_the_target_is_not_in_time()
    {
        _day.Complete([], _rules);
        Open(Start + 10);
        Do(new OfferRing("ring", "ada", 9_000) { AutoAccept = true }, Start + 5_011);

        Assert.Equal((1, 0, 1), (_day.Total.Assigned, _day.Total.AssignedInTime, _day.Total.RingsAccepted));
    }

    [Fact]
    public void What_happened_on_another_day_does_not_count()
    {
        _day.Complete([], _rules);
        Open(Start - 1);
        Do(new OfferRing("ring", "ada", End) { AutoAccept = true }, Start + 1);
        Do(Scene.Close(Ada), End);

        Assert.Equal((0, 1, 0), (_day.Total.Opened, _day.Total.Assigned, _day.Total.Closed));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_walk_after_a_restart_and_what_is_seen_meanwhile_make_the_same_figures(int walkedAt)
    {
        Open(Start + 10, observe: false);
        List<Conversation> states = [_state!];
        Do(new OfferRing("ring", "ada", 9_000) { AutoAccept = true }, Start + 1_000);
        states.Add(_state!);
        Do(Scene.Text(Ada), Start + 2_000);
        states.Add(_state!);
        Do(Scene.Close(Ada), Start + 3_000);
        states.Add(_state!);

        Assert.False(_day.IsComplete);
        _day.Complete([states[walkedAt]], _rules);
        _day.Complete([states[walkedAt]], _rules);

        Assert.Equal((1, 1, 1, 1), (_day.Total.Opened, _day.Total.Assigned, _day.Total.Answered, _day.Total.Closed));
        Assert.Equal((1, 1), (_day.Total.RingsOffered, _day.Total.RingsAccepted));
    }

    private void Open(long at, bool observe = true)
    {
        _state = Evolution.Replay(null, Decider.Decide(null, Scene.Opening(), at).Events);
        if (observe) _day.Observe(null, _state!, _rules);
    }

    private void Do(ConversationCommand command, long at)
    {
        var decision = Decider.Decide(_state, command, at);
        Assert.Null(decision.Refusal);
        foreach (var e in decision.Events)
        {
            var before = _state;
            _state = Evolution.Apply(_state, e);
            _day.Observe(before, _state, _rules);
        }
    }
}
