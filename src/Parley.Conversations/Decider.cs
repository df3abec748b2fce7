using Parley.Conversations.Changes;
using Parley.Conversations.Commands;
using Parley.Conversations.Events;
using Parley.Conversations.Routing;

namespace Parley.Conversations;

/// <summary>All rules of a conversation: pure, no clock, no disk. The caller applies and stores what is decided.</summary>
public static class Decider
{
    /// <summary>What <paramref name="command"/> does to <paramref name="state"/> at <paramref name="now"/> (epoch milliseconds).</summary>
    /// <param name="state">Of the conversation; null when there is none.</param>
    /// <param name="command">What somebody wants.</param>
    /// <param name="now">The clock.</param>
    /// <param name="rules">What the account decided; null for nothing.</param>
    public static Decision Decide(Conversation? state, ConversationCommand command, long now, BrandRules? rules = null) => (command, state) switch
    {
        (OpenConversation open, null) => Open(open, now, rules ?? BrandRules.None),
        (OpenConversation open, _) => open.Opening.BodyHash == state.Origin.BodyHash ? Decision.Nothing : Refusal.EventIdReused,
        (_, null) => Refusal.NoConversation,
        (PublishMessage publish, _) => Publish(state, publish, now, rules ?? BrandRules.None),
        (ChangeConversation change, _) => new ChangeDecider(new EventWriter(state, now), change, rules ?? BrandRules.None).Decide(),
        (OfferRing offer, _) => Offer(new EventWriter(state, now), offer),
        (AnswerRing answer, _) => Answer(new EventWriter(state, now), answer, now),
        (ReturnToQueue back, _) => Return(new EventWriter(state, now), back),
        (EndRing end, _) => End(new EventWriter(state, now), end),
        (TellWaiting tell, _) => Tell(new EventWriter(state, now), tell, rules ?? BrandRules.None),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, null),
    };

    /// <summary>Whether the actor may send a chat state, which is neither numbered nor stored (protocol 10.4).</summary>
    public static Refusal? RefuseChatState(Conversation? state, Actor actor, string dialogId) =>
        state is null ? Refusal.NoConversation
        : state.FindDialog(dialogId) is not { } dialog ? Refusal.NoDialog
        : dialog.Find(actor.UserId) is not { State: ParticipantState.Active } participant ? Refusal.NotParticipant
        : dialog.State == Stage.Close ? Refusal.DialogIsClosed
        : dialog.Type is DialogType.Other or DialogType.PostSurvey ? Refusal.DialogHasNoChatStates
        : participant.Role == Role.Reader ? Refusal.ReaderIsSilent
        : null;

    private static Decision Open(OpenConversation command, long now, BrandRules rules)
    {
        var writer = new EventWriter(null, now).Add(command.Opening);
        if (command.AssignTo is { } agent) writer.Assign(writer.State.Main, agent);
        else writer.Welcome(rules);
        if (command.Opening.Metadata is { } metadata) writer.Add(new MetadataGiven(metadata));
        return writer.Decision;
    }

    // The repeat is answered before state and membership are looked at, so that a retry after the close gets its first answer.
    // This is the hot path: only the caller makes the state after it.
    private static Decision Publish(Conversation state, PublishMessage command, long now, BrandRules rules)
    {
        if (command.Earlier is { } earlier)
            return earlier.Body.AsSpan().SequenceEqual(command.Body) ? Decision.Repeat(earlier) : Refusal.EventIdReused;

        if (state.FindDialog(command.DialogId) is not { } dialog) return Refusal.NoDialog;
        if (dialog.Find(command.Actor.UserId) is not { State: ParticipantState.Active } sender) return Refusal.NotParticipant;
        if (dialog.State == Stage.Close) return Refusal.DialogIsClosed;
        if (dialog.Type == DialogType.Other) return Refusal.DialogHasNoMessages;
        if (sender.Role == Role.Reader && command.Kind != MessageKind.Receipt) return Refusal.ReaderIsSilent;
        if (sender.Role == Role.Consumer && command.Audience != Audience.All) return Refusal.PrivateByConsumer;

        var message = new MessagePublished
        {
            Version = state.Version + 1,
            Timestamp = Math.Max(now, state.LastTimestamp + 1),
            DialogId = dialog.Id,
            Sequence = dialog.NextSequence,
            OriginatorId = sender.UserId,
            OriginatorRole = sender.Role,
            Audience = NamesOnlyPrivate(dialog, command, sender) ? Audience.AgentsAndManagers : command.Audience,
            Kind = command.Kind,
            Body = command.Body,
            Metadata = command.Metadata,
            EncodedMetadata = command.EncodedMetadata,
            EventId = command.EventId,
            ReadThrough = command.IsRead ? HighestKnown(dialog, command, sender) : -1,
        };
        return rules.Closure is null || sender.Role != Role.Consumer || dialog.Type != DialogType.Main || command.Kind == MessageKind.Receipt
            ? Decision.Of(message)
            : new EventWriter(state, now).Add(message).Written(rules, isOwed: state.UnansweredSince is not null).Decision;
    }

    // A receipt for private events only is itself private.
    private static bool NamesOnlyPrivate(Dialog dialog, PublishMessage command, Participant sender) =>
        command.Kind == MessageKind.Receipt && sender.Role != Role.Consumer && dialog.PrivateSequences.Count > 0
        && command.Receipts.Count > 0 && command.Receipts.All(n => dialog.PrivateSequences.Contains(n));

    // What does not exist (yet), or not for this reader, cannot be read.
    private static long HighestKnown(Dialog dialog, PublishMessage command, Participant sender)
    {
        var highest = -1L;
        foreach (var n in command.Receipts)
        {
            if (n > highest && n < dialog.NextSequence && (sender.Role != Role.Consumer || !dialog.PrivateSequences.Contains(n))) highest = n;
        }

        return highest;
    }

    private static Decision Offer(EventWriter writer, OfferRing command)
    {
        if (writer.State.Stage == Stage.Close) return Refusal.Closed;
        if (writer.State.AssignedAgent is not null) return Refusal.HasAgent;
        if (RoutingNeed.Of(writer.State) is not { } need) return Refusal.DialogIsClosed;
        if (command.Need is { } decidedOn && decidedOn != need) return Refusal.ChangedMeanwhile;
        if (writer.State.FindRing(command.RingId) is not null) return Refusal.RingIdReused;
        writer.Add(new RingOffered(command.RingId, command.AgentId, writer.Time + command.Milliseconds) { Why = command.Why });
        if (command.AutoAccept) writer.EndRing(writer.State.Rings[^1], RingState.AutoAccept).Assign(writer.State.Main, command.AgentId);
        return writer.Decision;
    }

    private static Decision Return(EventWriter writer, ReturnToQueue command)
    {
        if (writer.State.AssignedAgent?.UserId != command.AgentId) return Refusal.AgentNotInConversation;
        if (writer.State.Main.State == Stage.Close) return Refusal.DialogIsClosed;
        return writer.Add(new ParticipantLeft(writer.State.Id, command.AgentId) { WentAway = true }).Decision;
    }

    private static Decision Answer(EventWriter writer, AnswerRing command, long now)
    {
        if (writer.State.FindRing(command.RingId) is not { } ring || ring.AgentId != command.Actor.UserId) return Refusal.NoRing;
        if (ring.State != RingState.Waiting || now >= ring.ExpiresTs) return Refusal.RingIsOver;
        if (!command.Accept) return writer.EndRing(ring, RingState.Rejected).Decision;
        return writer.EndRing(ring, RingState.Accepted).Assign(writer.State.Main, ring.AgentId).Decision;
    }

    private static Decision End(EventWriter writer, EndRing command)
    {
        if (command.RingId is not { } id) return writer.EndRings(command.State).Decision;
        if (writer.State.FindRing(id) is not { } ring) return Refusal.NoRing;
        return ring.State == RingState.Waiting ? writer.EndRing(ring, command.State).Decision : Refusal.RingIsOver;
    }

    private static Decision Tell(EventWriter writer, TellWaiting command, BrandRules rules)
    {
        if (writer.State.WaitingSince != command.Since || rules.Closure is not null) return Refusal.ChangedMeanwhile;
        return writer.State.WaitingToldTs >= command.Since ? Decision.Nothing : writer.Tell(AutoMessageKind.Waiting, command.Message, rules).Decision;
    }
}
