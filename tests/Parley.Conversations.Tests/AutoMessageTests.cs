using System.Text;
using CsCheck;
using Parley.Conversations.Changes;
using Parley.Conversations.Commands;
using Parley.Conversations.Events;
using Parley.Conversations.Routing;

namespace Parley.Conversations.Tests;

/// <summary>What the server itself does and says outside working hours and on other occasions (protocol 8.5.2, 15.9).</summary>
public sealed class AutoMessageTests
{
    private const long Opens = 100_000;

    private static readonly Closure Night = new("NIGHT", 0, Opens);

    private readonly Scene _scene = new() { Rules = Rules(Night, AutoMessageKind.OffHours, AutoMessageKind.Welcome, AutoMessageKind.Transfer) };

    [Fact]
    public void Who_begins_at_night_is_told_so_and_promised_an_answer_from_the_opening_on()
    {
        _scene.Do(Scene.Opening(ttr: 60));

        Assert.Equal(new Delay("NIGHT", Opens), _scene.Now.Delay);
        Assert.Equal(["OffHours"], Said());
        Assert.Equal(Role.Controller, _scene.Now.Main.Find(Actor.Controller.UserId)?.Role);
        Assert.Equal((-1L, (long?)null), (_scene.Now.EffectiveTtr, _scene.Now.UnansweredSince));
        Assert.Equal(Opens + 60_000, QueueKey.Of(_scene.Now, 90_000).Due);
        Assert.Equal(UrgencyClass.Normal, QueueKey.Of(_scene.Now, 90_000).Class);

        _scene.Do(Scene.Text(Scene.Consumer));
        Assert.Equal(Opens + 60_000, _scene.Now.EffectiveTtr);
        Assert.Equal(["OffHours"], Said());
    }

    [Fact]
    public void Who_writes_while_nothing_is_owed_to_him_is_told_once_a_night()
    {
        _scene.Rules = Day();
        _scene.Do(Scene.Opening(assignTo: Scene.Agent.UserId, ttr: 60));
        _scene.Do(Scene.Text(Scene.Agent));
        (_scene.Rules, _scene.Clock) = (Rules(new("NIGHT", 50_000, Opens), AutoMessageKind.OffHours), 60_000);

        _scene.Do(Scene.Text(Scene.Consumer));
        _scene.Do(Scene.Text(Scene.Consumer));

        Assert.Equal((Opens + 60_000, new Delay("NIGHT", Opens)), (_scene.Now.EffectiveTtr, _scene.Now.Delay));
        Assert.Equal([Scene.Agent.UserId, Scene.Consumer.UserId, Actor.Controller.UserId, Scene.Consumer.UserId], Messages().Select(m => m.OriginatorId));

        (_scene.Rules, _scene.Clock) = (Rules(new("WEEKEND", 150_000, 900_000), AutoMessageKind.OffHours), 160_000);
        _scene.Do(Scene.Text(Scene.Agent));
        _scene.Do(Scene.Text(Scene.Consumer));
        Assert.Equal(["OffHours", "OffHours"], Said());
        Assert.Equal(960_000, _scene.Now.EffectiveTtr);
        Assert.Single(_scene.Now.Main.Participants, p => p.Role == Role.Controller);
    }

    [Fact]
    public void A_promise_that_runs_already_is_kept_though_he_who_waits_is_told()
    {
        _scene.Rules = Day();
        _scene.Do(Scene.Opening(ttr: 60));
        _scene.Do(Scene.Text(Scene.Consumer));
        var due = _scene.Now.EffectiveTtr;
        (_scene.Rules, _scene.Clock) = (Rules(new("NIGHT", 2_000, Opens), AutoMessageKind.OffHours), 3_000);

        _scene.Do(Scene.Text(Scene.Consumer));

        Assert.Equal((due, (Delay?)null), (_scene.Now.EffectiveTtr, _scene.Now.Delay));
        Assert.Equal(["OffHours"], Said());
    }

    [Fact]
    public void What_an_agent_said_of_a_longer_absence_stands_and_a_shorter_one_is_over_when_it_is()
    {
        _scene.Rules = Day();
        _scene.Do(Scene.Opening(assignTo: Scene.Agent.UserId));
        _scene.Do(new ChangeConversation(Scene.Agent, [new SetDelay(new Delay("HOLIDAY", 2 * Opens))]));
        _scene.Rules = Rules(Night);

        _scene.Do(Scene.Text(Scene.Consumer));
        Assert.Equal(new Delay("HOLIDAY", 2 * Opens), _scene.Now.Delay);

        _scene.Do(Scene.Text(Scene.Agent));
        _scene.Do(new ChangeConversation(Scene.Agent, [new SetDelay(new Delay("HOLIDAY", 10))]));
        _scene.Do(Scene.Text(Scene.Consumer));
        Assert.Equal(new Delay("NIGHT", Opens), _scene.Now.Delay);
    }

    [Fact]
    public void It_answers_nothing_and_hides_nothing_from_the_agent_who_comes()
    {
        _scene.Rules = Day();
        _scene.Do(Scene.Opening());
        _scene.Rules = Rules(Night, AutoMessageKind.OffHours);
        _scene.Do(Scene.Text(Scene.Consumer));
        Assert.Equal(["OffHours"], Said());

        Assert.Null(_scene.Now.FirstAnswerTs);
        Assert.NotNull(_scene.Now.UnansweredSince);
        Assert.False(_scene.Now.IsAbandoned(long.MaxValue));
        _scene.Join(Scene.Agent, Role.AssignedAgent);
        Assert.Equal(2, _scene.Unread(Scene.Agent));
    }

    [Theory]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    [InlineData(false, false, false)]
    public void It_goes_to_clients_that_ask_for_it_or_to_all_and_the_promise_waits_for_everybody(bool asks, bool toAll, bool isTold)
    {
        _scene.Rules = _scene.Rules with { AutoMessagesToAll = toAll };
        var opening = Scene.Opening();

        _scene.Do(opening with { Opening = opening.Opening with { AutoMessages = asks } });

        Assert.Equal(isTold ? ["OffHours"] : [], Said());
        Assert.Equal(Opens, _scene.Now.Delay?.TillWhen);
        Assert.Equal(isTold, _scene.Now.Main.Find(Actor.Controller.UserId) is not null);
    }

    [Fact]
    public void Nobody_is_told_for_a_receipt_an_agents_word_or_an_answer_to_a_survey()
    {
        _scene.Rules = Day();
        _scene.Do(Scene.Opening(assignTo: Scene.Agent.UserId));
        _scene.Rules = Rules(Night, AutoMessageKind.OffHours);

        _scene.Do(Scene.Text(Scene.Agent));
        _scene.Do(Scene.Read(Scene.Consumer, 0));
        _scene.Happen(new DialogOpened("survey", DialogType.PostSurvey, "MESSAGING", null, [new(Scene.Consumer.UserId, Role.Consumer)]));
        Assert.Single(_scene.Do(Scene.Text(Scene.Consumer) with { DialogId = "survey" }).Events);

        Assert.Empty(Said());
        Assert.Null(_scene.Now.Delay);
    }

    [Fact]
    public void During_working_hours_who_begins_is_welcomed_unless_an_agent_began()
    {
        _scene.Rules = Day(AutoMessageKind.Welcome, AutoMessageKind.OffHours);
        var other = new Scene { Rules = _scene.Rules };

        _scene.Do(Scene.Opening());
        other.Do(Scene.Opening(assignTo: Scene.Agent.UserId));

        Assert.Equal(["Welcome"], Said());
        Assert.Null(_scene.Now.Delay);
        Assert.Single(other.Now.Main.Participants, p => p.Role == Role.Consumer);
        Assert.Equal(0, other.Now.Main.NextSequence);
    }

    [Fact]
    public void The_metadata_of_a_request_stays_that_of_the_state_it_made()
    {
        var opening = Scene.Opening();
        _scene.Do(opening with { Opening = opening.Opening with { Metadata = "[1]" } });

        Assert.Equal("[1]", _scene.Now.ChangeMetadata);
    }

    [Fact]
    public void Who_is_handed_on_is_told_but_not_who_gets_another_agent_at_once()
    {
        _scene.Rules = Day(AutoMessageKind.Transfer);
        _scene.Do(Scene.Opening(assignTo: Scene.Agent.UserId));
        var leave = new ChangeParticipant(ParticipantChange.Remove, Role.AssignedAgent, Scene.Agent.UserId, null);
        var taken = _scene.Decide(new ChangeConversation(Scene.OtherAgent with { IsManager = true }, [leave, new ChangeParticipant(ParticipantChange.Add, Role.AssignedAgent, null, null)]));
        Assert.DoesNotContain(taken.Events, e => e is MessagePublished);

        _scene.Do(new ChangeConversation(Scene.Agent, [leave, new ChangeSkill("9")]) { Metadata = "[2]" });

        Assert.Equal(["Transfer"], Said());
        Assert.Equal("[2]", _scene.Now.ChangeMetadata);
    }

    [Fact]
    public void Who_waits_is_told_once_while_it_lasts_and_not_when_somebody_came()
    {
        _scene.Rules = Day();
        _scene.Do(Scene.Opening());
        var tell = new TellWaiting(new AutoMessage([1], [2]), _scene.Now.WaitingSince!.Value);
        _scene.Rules = Rules(Night);
        Refused.With(RefusalKind.Conflict, _scene.Do(tell));
        _scene.Rules = Day();

        _scene.Do(tell);
        _scene.Do(tell);
        Assert.Equal(["Waiting"], Said());

        _scene.Join(Scene.Agent, Role.AssignedAgent);
        Refused.With(RefusalKind.Conflict, _scene.Do(tell));
        _scene.Clock = 9_000;
        _scene.Do(new ReturnToQueue(Scene.Agent.UserId));
        Refused.With(RefusalKind.Conflict, _scene.Do(tell));
        _scene.Do(tell with { Since = _scene.Now.WaitingSince!.Value });
        Assert.Equal(["Waiting", "Waiting"], Said());
    }

    /// <summary>However consumer and agent write and nights come and go: each night that he writes in tells him once, numbers have no gap.</summary>
    [Fact]
    public void Every_night_he_writes_in_tells_him_once() => Gen.Select(Gen.Int[0, 3], Gen.Int[1, 400]).Array[1, 60].Sample(steps =>
    {
        var scene = new Scene { Rules = Day() };
        scene.Do(Scene.Opening(assignTo: Scene.Agent.UserId));
        var nights = new HashSet<long>();
        foreach (var (who, elapsed) in steps)
        {
            scene.Clock = Math.Max(scene.Clock + elapsed, scene.Now.LastTimestamp + 1);
            var since = scene.Clock - (scene.Clock % 1000);
            var isNight = scene.Clock % 1000 < 500;
            scene.Rules = isNight ? Rules(new("NIGHT", since, since + 500), AutoMessageKind.OffHours) : Day(AutoMessageKind.OffHours);
            scene.Do(Scene.Text(who == 0 ? Scene.Agent : Scene.Consumer));
            if (isNight && who != 0) nights.Add(since);
        }

        var messages = scene.Events.OfType<MessagePublished>().ToList();
        Assert.Equal(nights.Count, messages.Count(m => m.OriginatorRole == Role.Controller));
        Assert.Equal(Enumerable.Range(0, messages.Count).Select(i => (long)i), messages.Select(m => m.Sequence));
        Assert.Equal(Picture.Of(scene.Now), Picture.Of(Evolution.Replay(null, scene.Events)));
    });

    private static BrandRules Day(params AutoMessageKind[] kinds) => Rules(null, kinds);

    private static BrandRules Rules(Closure? closure, params AutoMessageKind[] kinds) => new()
    {
        Closure = closure,
        AutoMessagesToAll = true,
        AutoMessages = kinds.ToDictionary(kind => kind, kind => new AutoMessage(Encoding.UTF8.GetBytes($"{kind}"), "[]"u8.ToArray())),
    };

    private IEnumerable<MessagePublished> Messages() => _scene.Events.OfType<MessagePublished>();

    // What was said by itself, by what the events say of it.
    private IEnumerable<string> Said() => _scene.Events.OfType<AutoMessageSent>().Select(e => $"{e.Kind}");
}
