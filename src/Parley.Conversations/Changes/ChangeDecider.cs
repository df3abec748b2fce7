using Parley.Conversations.Commands;
using Parley.Conversations.Events;

namespace Parley.Conversations.Changes;

/// <summary>Decides the changes of one request, each on the state that the ones before it left.</summary>
internal sealed class ChangeDecider(EventWriter writer, ChangeConversation command, BrandRules rules)
{
    private Conversation State => writer.State;

    private Actor Actor => command.Actor;

    private string NextDialogId => DialogIds.Of(State.Id, State.Dialogs.Count);

    private CloseReason Reason => Actor.Kind switch
    {
        ActorKind.Consumer => CloseReason.Consumer,
        ActorKind.Agent => CloseReason.Agent,
        _ => command.SystemReason,
    };

    public Decision Decide()
    {
        if (command.EventId is { } id && State.AppliedChanges.FirstOrDefault(c => c.EventId == id && c.UserId == Actor.UserId) is { } earlier)
            return earlier.BodyHash == command.BodyHash ? Decision.Nothing : Refusal.EventIdReused;

        if (command.OnlyAt is { } version && version != State.Version) return Refusal.ChangedMeanwhile;

        foreach (var change in command.Changes)
        {
            if ((RefuseActor(change) ?? Carry(change)) is { } refusal) return refusal;
        }

        if (writer.Before.AssignedAgent is not null && State is { WaitingSince: not null, Stage: Stage.Open }) writer.Tell(AutoMessageKind.Transfer, rules);
        if (command.Metadata is { } metadata) writer.Add(new MetadataGiven(metadata));
        if (command.EventId is { } eventId) writer.Add(new ChangeApplied(eventId, Actor.UserId, command.BodyHash));
        return writer.Decision;
    }

    private Refusal? RefuseActor(FieldChange change) => Actor.Kind switch
    {
        ActorKind.Consumer when Actor.UserId != State.ConsumerId => Refusal.NoConversation,
        ActorKind.Consumer when !change.ByConsumer => Refusal.OnlyForAgents,
        ActorKind.Agent when !change.ByAgent => Refusal.OnlyForConsumer,
        ActorKind.Agent when change is not ChangeParticipant && RoleOfActor() is null => Refusal.AgentNotInConversation,
        ActorKind.Agent when change is not ChangeParticipant && RoleOfActor() == Role.Reader => Refusal.ReaderChangesNothing,
        _ => null,
    };

    private Refusal? Carry(FieldChange change) => change switch
    {
        RateConversation rate => Happens(new ConversationRated(rate.Csat)),
        SetField { Field: OpaqueField.CsatSeen } seen => Happens(new FieldSet(seen.Field, seen.Value)),
        StepUp step => Happens(new ConsumerChanged(State.ConsumerId, step.ConsumerId)),
        _ when State.Stage == Stage.Close => Refusal.Closed,
        ChangeParticipant participant => new ParticipantDecider(writer, Actor, RoleOfActor(), participant).Decide(),
        CloseEverything close => Close(close),
        CloseDialog close => Close(close),
        CreateDialog create => Create(create),
        UpdateDialog update => Update(update),
        ChangeSkill skill => Change(skill),
        ChangeTtr ttr => Happens(new TtrChanged(ttr.Seconds is { } seconds ? new Ttr(ttr.Type, seconds) : rules.Promise(ttr.Type, State.SkillId))),
        SetManualEttr ettr => Happens(new ManualEttrSet(ettr.Timestamp)),
        SetDelay delay => Happens(new DelaySet(delay.Delay)),
        SetField field => Happens(new FieldSet(field.Field, field.Value)),
        _ => throw new ArgumentOutOfRangeException(nameof(change), change.GetType().Name, null),
    };

    private Refusal? Close(CloseEverything close)
    {
        CloseDialogs(_ => true, close.Cause);
        writer.Add(new ConversationClosed(Reason));
        return null;
    }

    // What accompanies MAIN ends with it; a survey outlives it.
    private Refusal? Close(CloseDialog close)
    {
        if (Visible(close.DialogId) is not { } dialog) return Refusal.NoDialog;
        if (dialog.State == Stage.Close) return Refusal.DialogIsClosed;
        if (dialog.Type == DialogType.Main)
        {
            var survey = NextSurvey();
            CloseDialogs(d => d.Type != DialogType.PostSurvey, close.Cause);
            if (survey is not null) Open(survey);
        }
        else
        {
            writer.Add(new DialogClosed(dialog.Id, Reason, close.Cause));
        }

        if (State.Dialogs.All(d => d.State == Stage.Close)) writer.Add(new ConversationClosed(Reason));
        return null;
    }

    private void CloseDialogs(Func<Dialog, bool> which, string? cause)
    {
        writer.EndRings();
        foreach (var dialog in State.Dialogs)
        {
            if (dialog.State == Stage.Open && which(dialog)) writer.Add(new DialogClosed(dialog.Id, Reason, cause));
        }
    }

    // Nobody is asked about an agent whom he never had, nor in a window that cannot show a second dialog (protocol 15.3).
    private Survey? NextSurvey() =>
        State.LastAgentId is not null && State.Origin.MultiDialog ? command.Surveys.Find(State.SkillId) : null;

    private void Open(Survey survey)
    {
        List<Participant> participants = [new(State.ConsumerId, Role.Consumer), new(survey.BotId, Role.Agent)];
        if (State.LastAgentId is { } agent && agent != survey.BotId) participants.Add(new(agent, Role.Reader));
        writer.Add(new DialogOpened(NextDialogId, DialogType.PostSurvey, State.Main.ChannelType, survey.MetaData, participants));
    }

    private Refusal? Create(CreateDialog create)
    {
        if (create.Type is not (DialogType.Other or DialogType.Agents)) return Refusal.DialogTypeIsServers;
        if (create.Type == DialogType.Agents)
        {
            if (Actor.Kind == ActorKind.Consumer) return Refusal.OnlyForAgents;
            var role = State.Main.Find(Actor.UserId)?.Role ?? Role.Agent;
            return Happens(new DialogOpened(NextDialogId, create.Type, create.ChannelType, create.MetaData, [new(Actor.UserId, role)]));
        }

        if (!DialogIds.IsClients(create.DialogId) || State.FindDialog(create.DialogId!) is not null) return Refusal.DialogIdIsTaken;
        if (State.Dialogs.Any(d => d.State == Stage.Open && d.Type == DialogType.Other && d.ChannelType == create.ChannelType)) return Refusal.DialogIsOpen;
        var participants = State.Main.Participants.Where(p => p.State == ParticipantState.Active).Select(p => p with { ReadThrough = -1 });
        return Happens(new DialogOpened(create.DialogId!, create.Type, create.ChannelType, create.MetaData, [.. participants]));
    }

    private Refusal? Update(UpdateDialog update)
    {
        if (Visible(update.DialogId) is not { } dialog) return Refusal.NoDialog;
        if (update.MetaData is not { } metaData) return null;
        return dialog.State == Stage.Close ? Refusal.DialogIsClosed : Happens(new DialogUpdated(dialog.Id, metaData));
    }

    // Whoever is rung may lack the new skill. What the old one promised is now for the new one to promise; what somebody promised
    // this consumer stays.
    private Refusal? Change(ChangeSkill change)
    {
        if (change.SkillId == State.SkillId) return null;
        writer.EndRings();
        var promise = rules.Promise(State.Ttr.Type, change.SkillId);
        var isOfSkill = State.Ttr.Type != TtrType.Custom && State.Ttr == rules.Promise(State.Ttr.Type, State.SkillId);
        writer.Add(new SkillChanged(change.SkillId));
        return isOfSkill && State.Ttr != promise ? Happens(new TtrChanged(promise)) : null;
    }

    private Dialog? Visible(string dialogId) =>
        State.FindDialog(dialogId) is { } dialog && (Actor.Kind != ActorKind.Consumer || dialog.Find(Actor.UserId) is not null) ? dialog : null;

    // The most that he is in any dialog: a reader of the survey may be the agent of MAIN. Who leaves with one change still has
    // his say in the next: that is how a conversation is handed on (protocol 9.5).
    private Role? RoleOfActor()
    {
        Role? role = null;
        foreach (var dialog in writer.Before.Dialogs.Concat(State.Dialogs))
        {
            if (dialog.Find(Actor.UserId) is { State: ParticipantState.Active } p && role is null or Role.Reader) role = p.Role;
        }

        return role;
    }

    private Refusal? Happens(ConversationEvent e)
    {
        writer.Add(e);
        return null;
    }
}
