using CsCheck;
using Parley.Conversations.Commands;
using Parley.Conversations.Events;
using Parley.Conversations.Routing;

namespace Parley.Conversations.Tests.Routing;

/// <summary>What routing keeps of those who wait, so that nobody need count them.</summary>
public sealed class WaitlistTests
{
    private readonly RoutingTable _table = new();

    [Fact]
    public void A_queue_beyond_its_target_is_told_once_and_once_more_when_it_is_well_again()
    {
        _table.SetRules(new RoutingRules { Skills = new Dictionary<string, SkillRules> { ["7"] = new() { WaitTarget = 1_000 } } });
        var (first, second) = (Open("first", 100, "7"), Open("second", 300, "7"));
        _table.Observe(first);
        _table.Observe(second);
        _table.Observe(Open("without", 0, null));

        Assert.Empty(_table.Next(1_099).Alerts);
        Assert.Equal(1_100, _table.Next(1_099).WakeAt);
        Assert.Equal([new WaitAlert("7", true, 2)], _table.Next(1_100).Alerts);
        Assert.Empty(_table.Next(1_200).Alerts);
        _table.Observe(Closed(first));
        Assert.Equal([new WaitAlert("7", false, 1)], _table.Next(1_201).Alerts);
        Assert.Equal(1_300, _table.Next(1_201).WakeAt);
        Assert.Equal([new WaitAlert("7", true, 1)], _table.Next(1_300).Alerts);
        _table.SetRules(new RoutingRules { Skills = new Dictionary<string, SkillRules> { ["7"] = new() { WaitTarget = 5_000 } } });
        Assert.Equal([new WaitAlert("7", false, 1)], _table.Next(1_301).Alerts);
    }

    [Fact]
    public void Time_that_the_account_is_closed_is_not_waited()
    {
        _table.SetRules(new RoutingRules { TellsEverybody = true, TellWaitingAfter = 500, Skills = new Dictionary<string, SkillRules> { ["7"] = new() { WaitTarget = 1_000 } } });
        _table.Observe(Open("nightly", 100, "7", new Closure("NIGHT", 0, 50_000)));

        var turn = _table.Next(50_499);
        Assert.Empty(turn.Alerts);
        Assert.Empty(turn.Untold);
        Assert.Equal((50_000L, 0), (_table.WaitingSince, _table.Overdue(50_499)));
        Assert.Equal(["nightly"], _table.Next(50_500).Untold);
        Assert.Single(_table.Next(51_000).Alerts);
    }

    [Fact]
    public void Who_waits_long_is_named_until_he_was_told_and_again_when_he_waits_anew()
    {
        _table.SetRules(new RoutingRules { TellsEverybody = true, TellWaitingAfter = 500 });
        var state = Open("one", 100, null);
        _table.Observe(state);
        Assert.Equal(600, _table.Next(599).WakeAt);
        Assert.Equal(["one"], _table.Next(600).Untold);
        _table.Observe(state = Do(state, Scene.Text(Scene.Consumer) with { DialogId = "one" }, 650));
        Assert.Empty(_table.Next(700).Untold);
        Assert.Equal(["one"], _table.Next(60_600).Untold);

        var told = Decider.Decide(state, new TellWaiting(new AutoMessage([1], [2]), 100), 61_000, new BrandRules { AutoMessagesToAll = true });
        _table.Observe(state = Evolution.Replay(state, told.Events)!);
        Assert.Empty(_table.Next(500_000).Untold);

        state = Apply(Apply(state, new ParticipantJoined("one", "ada", Role.AssignedAgent, ParticipantState.Active), 500_001), new ParticipantLeft("one", "ada"), 600_000);
        _table.Observe(state);
        Assert.Equal(["one"], _table.Next(600_500).Untold);
    }

    [Fact]
    public void Only_those_are_named_whose_clients_ask_for_it_unless_all_are_told()
    {
        _table.SetRules(new RoutingRules { TellWaitingAfter = 500 });
        _table.Observe(Open("silent", 100, null));
        var asks = Open("asks", 100, null);
        _table.Observe(asks with { Origin = asks.Origin with { AutoMessages = true } });

        Assert.Equal(["asks"], _table.Next(9_000).Untold);
    }

    /// <summary>Whatever happens: the figures are those that counting gives.</summary>
    [Fact]
    public void The_figures_are_those_that_counting_gives() => Gen.Select(Gen.Int[0, 3], Gen.Int[0, 5], Gen.Int[0, 90]).Array[1, 60].Sample(steps =>
    {
        var table = new RoutingTable();
        var states = new Dictionary<string, Conversation>();
        var now = 1_000L;
        foreach (var (what, which, elapsed) in steps)
        {
            now += elapsed;
            var id = $"{which}";
            var state = states.GetValueOrDefault(id);
            Conversation? next = (what, state) switch
            {
                (_, null) => Open(id, now, which % 2 == 0 ? "7" : null, which % 3 == 0 ? new Closure("NIGHT", 0, now + 40) : null),
                (0, { Stage: Stage.Open, AssignedAgent: null }) when state.Rings.All(r => r.State != RingState.Waiting) => Do(state, new OfferRing($"{now} {state.Version}", "ada", 50), now),
                (1, { Stage: Stage.Open, AssignedAgent: null }) => Apply(state, new ParticipantJoined(id, "ada", Role.AssignedAgent, ParticipantState.Active), now),
                (2, { Stage: Stage.Open }) => Do(state, Scene.Text(Scene.Consumer) with { DialogId = id }, now),
                (3, { Stage: Stage.Open }) => Do(state, Scene.Close(Scene.Consumer), now),
                _ => null,
            };
            if (next is null) continue;
            table.Observe(states[id] = next);
            table.Next(now);

            var waiting = states.Values.Where(s => s is { Stage: Stage.Open, WaitingSince: not null }).ToList();
            Assert.Equal(waiting.Count, table.Waiting);
            Assert.Equal(waiting.Count(s => QueueKey.Of(s, now).Due <= now), table.Overdue(now));
            Assert.Equal(waiting.Min(s => (long?)s.AttendedFrom(s.WaitingSince!.Value)), table.WaitingSince);
            Assert.Equal(states.Values.Sum(s => s.Rings.Count(r => r.State == RingState.Waiting)), table.RingsWaiting);
        }
    });

    private static Conversation Open(string id, long since, string? skill, Closure? closure = null) => Evolution.Replay(null, Decider.Decide(
        null,
        new OpenConversation(new ConversationOpened { ConversationId = id, AccountId = "account", ConsumerId = Scene.Consumer.UserId, SkillId = skill, Ttr = new Ttr(TtrType.Normal, 1) }),
        since,
        new BrandRules { Closure = closure }).Events)!;

    private static Conversation Closed(Conversation state) => Do(state, Scene.Close(Scene.Consumer), state.LastTimestamp);

    private static Conversation Do(Conversation state, ConversationCommand command, long now)
    {
        var decision = Decider.Decide(state, command, now);
        Assert.Null(decision.Refusal);
        return Evolution.Replay(state, decision.Events)!;
    }

    private static Conversation Apply(Conversation state, ConversationEvent e, long now) =>
        Evolution.Apply(state, e with { Version = state.Version + 1, Timestamp = Math.Max(now, state.LastTimestamp + 1) });
}
