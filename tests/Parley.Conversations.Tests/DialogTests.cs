using Parley.Conversations.Changes;
using Parley.Conversations.Commands;
using Parley.Conversations.Events;

namespace Parley.Conversations.Tests;

public sealed class DialogTests
{
    private const string Survey1 = Scene.ConversationId + ".1";
    private static readonly Actor Bot = new("bot", ActorKind.Agent);
    private static readonly SurveyRules Surveys = new(new Dictionary<string, Survey> { ["7"] = new("bot", """{"appInstallId":"app-1"}""") }, null);

    [Fact]
    public void A_survey_follows_main_with_its_own_counter_and_ends_the_conversation()
    {
        var scene = Surveyed();
        scene.Do(Scene.Text(Scene.Consumer));

        scene.Do(Close(Scene.Consumer, Scene.ConversationId));

        var survey = scene.Now.Dialogs[1];
        Assert.Equal((Stage.Close, Stage.Open, Stage.Open), (scene.Now.Main.State, survey.State, scene.Now.Stage));
        Assert.Equal((Survey1, DialogType.PostSurvey, """{"appInstallId":"app-1"}"""), (survey.Id, survey.Type, survey.MetaData));
        Assert.Equal([("consumer", Role.Consumer), ("bot", Role.Agent), ("agent", Role.Reader)], survey.Participants.Select(p => (p.UserId, p.Role)));
        Assert.Equal((-1L, null), (scene.Now.EffectiveTtr, scene.Now.WaitingSince));
        Refused.With(RefusalKind.Invalid, scene.Decide(Scene.Text(Scene.Consumer)));

        var question = scene.Do(Scene.Text(Bot) with { DialogId = Survey1 }).Events;
        Assert.Equal((0L, Survey1), (((MessagePublished)question[0]).Sequence, ((MessagePublished)question[0]).DialogId));
        scene.Do(Scene.Text(Scene.Consumer) with { DialogId = Survey1 });
        Refused.With(RefusalKind.Forbidden, scene.Decide(Scene.Text(Scene.Agent) with { DialogId = Survey1 }));

        scene.Do(Close(Bot, Survey1));
        Assert.Equal((Stage.Close, CloseReason.Agent), (scene.Now.Stage, scene.Now.CloseReason));
        Assert.Equal(CloseReason.Consumer, scene.Now.Main.ClosedBy);
    }

    [Fact]
    public void No_survey_follows_when_nobody_had_it_the_window_cannot_show_it_or_the_skill_has_none()
    {
        Assert.Equal(Stage.Close, ClosedStage(Opened(multiDialog: true, assignTo: null)));
        Assert.Equal(Stage.Close, ClosedStage(Opened(multiDialog: false, assignTo: "agent")));
        var other = Surveyed();
        other.Do(new ChangeConversation(Scene.Agent, [new ChangeSkill("8")]));
        Assert.Equal(Stage.Close, ClosedStage(other));

        static Stage ClosedStage(Scene scene)
        {
            scene.Do(Close(Scene.Consumer, Scene.ConversationId));
            return scene.Now.Stage;
        }
    }

    [Fact]
    public void Closing_the_conversation_skips_the_survey_or_ends_a_running_one()
    {
        var skipped = Surveyed();
        skipped.Do(new ChangeConversation(Scene.Consumer, [new CloseEverything()]) { Surveys = Surveys });
        Assert.Equal((Stage.Close, 1), (skipped.Now.Stage, skipped.Now.Dialogs.Count));

        var running = Surveyed();
        running.Do(Close(Scene.Agent, Scene.ConversationId));
        running.Do(new ChangeConversation(Scene.Consumer, [new CloseEverything()]));
        Assert.Equal((Stage.Close, Stage.Close), (running.Now.Stage, running.Now.Dialogs[1].State));
    }

    [Fact]
    public void A_co_browse_dialog_keeps_its_meta_data_and_only_one_is_open()
    {
        var scene = Scene.Assigned();
        scene.Do(Create(Scene.Agent, "cobrowse-1", """{"mode":"view"}"""));

        var dialog = scene.Now.Dialogs[1];
        Assert.Equal(("cobrowse-1", DialogType.Other, "COBROWSE", """{"mode":"view"}"""), (dialog.Id, dialog.Type, dialog.ChannelType, dialog.MetaData));
        Assert.Equal(["consumer", "agent"], dialog.Participants.Select(p => p.UserId));
        Refused.With(RefusalKind.Conflict, scene.Decide(Create(Scene.Agent, "cobrowse-2", "{}")));
        Refused.With(RefusalKind.Invalid, scene.Decide(Create(Scene.Agent, "cobrowse-1", "{}")));
        Refused.With(RefusalKind.Invalid, scene.Decide(Create(Scene.Agent, "a.1", "{}")));
        Refused.With(RefusalKind.Invalid, scene.Decide(Scene.Text(Scene.Agent) with { DialogId = "cobrowse-1" }));

        scene.Do(new ChangeConversation(Scene.Consumer, [new UpdateDialog("cobrowse-1", """{"sessionState":"ACCEPTED"}""")]));
        Assert.Equal("""{"sessionState":"ACCEPTED"}""", scene.Now.Dialogs[1].MetaData);
        scene.Do(Close(Scene.Consumer, "cobrowse-1"));
        Assert.Equal((Stage.Open, Stage.Close), (scene.Now.Stage, scene.Now.Dialogs[1].State));
        scene.Do(Create(Scene.Agent, "cobrowse-3", "{}"));
        scene.Do(Close(Scene.Agent, Scene.ConversationId));
        Assert.Equal(Stage.Close, scene.Now.Stage);
    }

    [Fact]
    public void A_consultation_is_for_agents_alone()
    {
        var scene = Scene.Assigned();
        scene.Do(new ChangeConversation(Scene.Agent, [new CreateDialog("ignored", DialogType.Agents, "MESSAGING", null)]));
        scene.Do(new ChangeConversation(Scene.Agent, [new ChangeParticipant(ParticipantChange.Add, Role.Agent, Scene.OtherAgent.UserId, Survey1)]));

        Assert.Equal((Survey1, DialogType.Agents), (scene.Now.Dialogs[1].Id, scene.Now.Dialogs[1].Type));
        scene.Do(Scene.Text(Scene.OtherAgent) with { DialogId = Survey1 });
        Refused.With(RefusalKind.Forbidden, scene.Decide(Scene.Text(Scene.OtherAgent)));
        Refused.With(RefusalKind.Forbidden, scene.Decide(Scene.Text(Scene.Consumer) with { DialogId = Survey1 }));
        Refused.With(RefusalKind.NotFound, scene.Decide(Close(Scene.Consumer, Survey1)));
        Refused.With(RefusalKind.NotFound, scene.Decide(new ChangeConversation(Scene.Consumer, [new UpdateDialog(Survey1, "{}")])));
        Refused.With(RefusalKind.Forbidden, scene.Decide(new ChangeConversation(Scene.Consumer, [new CreateDialog(null, DialogType.Agents, "MESSAGING", null)])));
    }

    [Theory]
    [InlineData(DialogType.Main)]
    [InlineData(DialogType.PostSurvey)]
    public void Main_and_surveys_are_not_made_by_requests(DialogType type) =>
        Refused.With(RefusalKind.Invalid, Scene.Assigned().Decide(new ChangeConversation(Scene.Agent, [new CreateDialog("d", type, "MESSAGING", null)])));

    [Fact]
    public void A_dialog_change_that_changes_nothing_is_fine()
    {
        var scene = Scene.Assigned();

        var decision = scene.Decide(new ChangeConversation(Scene.Agent, [new UpdateDialog(Scene.ConversationId, null)]));

        Assert.Null(decision.Refusal);
        Assert.Empty(decision.Events);
        Refused.With(RefusalKind.NotFound, scene.Decide(new ChangeConversation(Scene.Agent, [new UpdateDialog("elsewhere", null)])));
    }

    private static Scene Surveyed() => Opened(multiDialog: true, "agent");

    private static Scene Opened(bool multiDialog, string? assignTo)
    {
        var scene = new Scene();
        var opening = Scene.Opening(assignTo: assignTo);
        scene.Do(opening with { Opening = opening.Opening with { MultiDialog = multiDialog } });
        return scene;
    }

    private static ChangeConversation Close(Actor actor, string dialogId) => new(actor, [new CloseDialog(dialogId, "done")]) { Surveys = Surveys };

    private static ChangeConversation Create(Actor actor, string id, string metaData) => new(actor, [new CreateDialog(id, DialogType.Other, "COBROWSE", metaData)]);
}
