using Parley.Conversations.Events;

namespace Parley.Conversations.Changes;

/// <summary>Decides who joins, leaves, changes his role or is proposed (protocol 9.4).</summary>
internal sealed class ParticipantDecider(EventWriter writer, Actor actor, Role? own, ChangeParticipant change)
{
    public Refusal? Decide()
    {
        if (change.Role is Role.Consumer or Role.Controller) return Refusal.RoleIsServers;
        if (writer.State.FindDialog(change.DialogId ?? writer.State.Id) is not { } dialog) return Refusal.NoDialog;
        if (RefuseActor(dialog) is { } refusal) return refusal;
        if (dialog.State == Stage.Close) return Refusal.DialogIsClosed;
        return change.Kind switch
        {
            ParticipantChange.Remove => Remove(dialog),
            ParticipantChange.Suggest => Suggest(dialog),
            ParticipantChange.Update when dialog.Find(Target) is not { State: ParticipantState.Active } => Refusal.AgentNotInConversation,
            _ => Add(dialog),
        };
    }

    private string Target => change.UserId ?? actor.UserId;

    // Managers come and go and move others as they like. An agent is let in by routing; once in, he may leave, hand the
    // conversation on and call colleagues into a consultation.
    private Refusal? RefuseActor(Dialog dialog)
    {
        if (actor.Kind != ActorKind.Agent || actor.IsManager) return null;
        var isJoining = change.Kind is ParticipantChange.Add or ParticipantChange.Update;
        if (own is null) return isJoining && Target == actor.UserId ? Refusal.OnlyForManagers : Refusal.AgentNotInConversation;
        if (change.Kind == ParticipantChange.Remove && Leaving(dialog)?.UserId == actor.UserId) return null;
        if (own == Role.Reader) return Refusal.ReaderChangesNothing;
        if (!isJoining) return null;
        return change.Role == Role.Manager || (dialog.Type != DialogType.Agents && dialog.Find(Target) is null) ? Refusal.OnlyForManagers : null;
    }

    private Refusal? Add(Dialog dialog)
    {
        var present = dialog.Find(Target);
        if (present is { Role: Role.Consumer }) return Refusal.RoleIsServers;
        if (present is { State: ParticipantState.Active } && present.Role == change.Role) return null;
        if (change.Role != Role.AssignedAgent) writer.Add(new ParticipantJoined(dialog.Id, Target, change.Role, ParticipantState.Active));
        else if (dialog.AssignedAgent is null) writer.Assign(dialog, Target);
        else return Refusal.HasAgent;
        return null;
    }

    private Refusal? Remove(Dialog dialog)
    {
        var leaving = Leaving(dialog);
        if (leaving is null || leaving.Role != change.Role) return Refusal.AgentNotInConversation;
        writer.Add(new ParticipantLeft(dialog.Id, leaving.UserId));
        return null;
    }

    private Participant? Leaving(Dialog dialog) =>
        change.UserId is { } id ? dialog.Find(id)
        : change.Role == Role.AssignedAgent ? dialog.AssignedAgent ?? dialog.Suggested
        : dialog.Find(actor.UserId);

    private Refusal? Suggest(Dialog dialog)
    {
        if (change.Role != Role.AssignedAgent || change.UserId is null) return Refusal.OnlyAssignedIsSuggested;
        if (dialog.Find(Target) is { State: ParticipantState.Active }) return Refusal.TakesPartAlready;
        writer.EndSuggestion(dialog, except: Target);
        if (dialog.Type == DialogType.Main) writer.EndRings();
        writer.Add(new ParticipantJoined(dialog.Id, Target, Role.AssignedAgent, ParticipantState.Suggested));
        return null;
    }
}
