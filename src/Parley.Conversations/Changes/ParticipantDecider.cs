using Parley.Conversations.Events;

namespace Parley.Conversations.Changes;

/// <summary>Decides who joins, leaves, changes his role or is proposed (protocol 9.4): <paramref name="add"/> carries an event out.</summary>
internal sealed class ParticipantDecider(Conversation state, Actor actor, Role? own, ChangeParticipant change, Func<ConversationEvent, Conversation> add)
{
    public Decision? Decide()
    {
        if (change.Role is Role.Consumer or Role.Controller) return Refusal.RoleIsServers;
        if (state.FindDialog(change.DialogId ?? state.Id) is not { } dialog) return Refusal.NoDialog;
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
    private Decision? RefuseActor(Dialog dialog)
    {
        if (actor.Kind != ActorKind.Agent || actor.IsManager) return null;
        var isJoining = change.Kind is ParticipantChange.Add or ParticipantChange.Update;
        if (own is null) return isJoining && Target == actor.UserId ? Refusal.OnlyForManagers : Refusal.AgentNotInConversation;
        if (change.Kind == ParticipantChange.Remove && Leaving(dialog)?.UserId == actor.UserId) return null;
        if (own == Role.Reader) return Refusal.ReaderChangesNothing;
        if (!isJoining) return null;
        return change.Role == Role.Manager || (dialog.Type != DialogType.Agents && dialog.Find(Target) is null) ? Refusal.OnlyForManagers : (Decision?)null;
    }

    private Decision? Add(Dialog dialog)
    {
        var present = dialog.Find(Target);
        if (present is { Role: Role.Consumer }) return Refusal.RoleIsServers;
        if (present is { State: ParticipantState.Active } && present.Role == change.Role) return null;
        if (change.Role == Role.AssignedAgent)
        {
            if (dialog.Participants.Any(p => p is { Role: Role.AssignedAgent, State: ParticipantState.Active })) return Refusal.HasAgent;
            if (dialog.Type == DialogType.Main) CancelRings();
            Forget(Suggested(dialog), dialog);
        }

        add(new ParticipantJoined(dialog.Id, Target, change.Role, ParticipantState.Active));
        return null;
    }

    private Decision? Remove(Dialog dialog)
    {
        var leaving = Leaving(dialog);
        if (leaving is null || leaving.Role != change.Role) return Refusal.AgentNotInConversation;
        add(new ParticipantLeft(dialog.Id, leaving.UserId));
        return null;
    }

    private Participant? Leaving(Dialog dialog) =>
        change.UserId is { } id ? dialog.Find(id)
        : change.Role == Role.AssignedAgent ? Assigned(dialog) ?? Suggested(dialog)
        : dialog.Find(actor.UserId);

    private Decision? Suggest(Dialog dialog)
    {
        if (change.Role != Role.AssignedAgent || change.UserId is null) return Refusal.OnlyAssignedIsSuggested;
        if (dialog.Find(Target) is { State: ParticipantState.Active }) return Refusal.TakesPartAlready;
        Forget(Suggested(dialog), dialog);
        if (dialog.Type == DialogType.Main) CancelRings();
        add(new ParticipantJoined(dialog.Id, Target, Role.AssignedAgent, ParticipantState.Suggested));
        return null;
    }

    private void Forget(Participant? suggested, Dialog dialog)
    {
        if (suggested is not null && suggested.UserId != Target) add(new ParticipantLeft(dialog.Id, suggested.UserId));
    }

    private void CancelRings()
    {
        foreach (var ring in state.Rings)
        {
            if (ring.State == RingState.Waiting) add(new RingResolved(ring.Id, ring.AgentId, RingState.Cancelled));
        }
    }

    private static Participant? Assigned(Dialog dialog) => dialog.Participants.FirstOrDefault(p => p is { Role: Role.AssignedAgent, State: ParticipantState.Active });

    private static Participant? Suggested(Dialog dialog) => dialog.Participants.FirstOrDefault(p => p.State == ParticipantState.Suggested);
}
