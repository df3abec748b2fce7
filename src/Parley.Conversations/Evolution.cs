using Parley.Conversations.Events;

namespace Parley.Conversations;

/// <summary>How events change state: total, pure, the same at decision and at recovery.</summary>
public static class Evolution
{
    /// <summary>
    /// How many rings a conversation remembers, so that a late answer is told "too late" and not "unknown". Beyond it the
    /// oldest that ended is forgotten; a waiting ring never is.
    /// </summary>
    public const int RingsKept = 16;

    /// <summary>How many applied field changes are remembered for repeats.</summary>
    public const int ChangesKept = 32;

    /// <summary>The state after <paramref name="e"/>.</summary>
    /// <exception cref="InvalidOperationException">The event does not follow the state: a bug or a damaged journal.</exception>
    public static Conversation Apply(Conversation? state, ConversationEvent e)
    {
        if (e.Version != (state?.Version ?? 0) + 1)
            throw new InvalidOperationException($"Event {e.Version} does not follow version {state?.Version ?? 0}.");
        if (state is null)
            return e is ConversationOpened opened ? Open(opened) : throw new InvalidOperationException("The first event is not an opening.");

        // The hot path makes its one copy itself.
        if (e is MessagePublished m) return Publish(state, m);
        var next = e switch
        {
            ParticipantJoined j => Join(state, j),
            ParticipantLeft l => Leave(state, l),
            DialogClosed c => OnDialog(state, c, c.DialogId, d => d with { State = Stage.Close, EndTs = c.Timestamp, ClosedBy = c.ClosedBy, ClosedCause = c.Cause }) with
            {
                WaitingSince = c.DialogId == state.Id ? null : state.WaitingSince,
                UnansweredSince = c.DialogId == state.Id ? null : state.UnansweredSince,
            },
            DialogOpened o => state with { Dialogs = [.. state.Dialogs, Begin(o)] },
            DialogUpdated u => OnDialog(state, u, u.DialogId, d => d with { MetaData = u.MetaData }),
            SkillChanged s => state with { SkillId = s.SkillId },
            TtrChanged t => state with { Ttr = t.Ttr },
            ManualEttrSet s => state with { ManualEttr = s.ManualEttr },
            DelaySet d => state with { Delay = d.Delay },
            ConversationRated r => state with { Csat = r.Csat },
            FieldSet f => Set(state, f),
            ConsumerChanged c => state with
            {
                SteppedUpTo = c.ConsumerId,
                Dialogs = [.. state.Dialogs.Select(d => d with { Participants = [.. d.Participants.Select(p => p.UserId == c.FormerId ? p with { UserId = c.ConsumerId } : p)] })],
            },
            ConversationClosed c => state with { Stage = Stage.Close, EndTs = c.Timestamp, CloseReason = c.Reason, WaitingSince = null, UnansweredSince = null },
            RingOffered o => state with { Rings = [.. Remembered(state.Rings), new Ring(o.RingId, o.AgentId, RingState.Waiting, o.Timestamp, o.ExpiresTs) { Why = o.Why }] },
            RingResolved r => state with { Rings = [.. state.Rings.Select(ring => ring.Id == r.RingId ? ring with { State = r.State, EndedTs = r.Timestamp } : ring)] },
            AutoMessageSent { Kind: AutoMessageKind.OffHours } => state with { OffHoursToldTs = e.Timestamp },
            AutoMessageSent { Kind: AutoMessageKind.Waiting } => state with { WaitingToldTs = e.Timestamp },
            AutoMessageSent => state,
            MetadataGiven g => state with { ChangeMetadata = g.Metadata },
            ChangeApplied c => state with { AppliedChanges = [.. state.AppliedChanges.TakeLast(ChangesKept - 1), new AppliedChange(c.EventId, c.UserId, c.BodyHash)] },
            _ => throw new InvalidOperationException($"Unknown event {e.GetType().Name}."),
        };
        return next with
        {
            Version = e.Version,
            LastTimestamp = e.Timestamp,
            MetaDataLastUpdateTs = e is RingOffered or RingResolved or ChangeApplied or AutoMessageSent ? state.MetaDataLastUpdateTs : e.Timestamp,
            ChangeMetadata = e is MetadataGiven or ChangeApplied ? next.ChangeMetadata : null,
        };
    }

    /// <summary>The state after all of <paramref name="events"/>.</summary>
    public static Conversation? Replay(Conversation? state, IEnumerable<ConversationEvent> events)
    {
        foreach (var e in events) state = Apply(state, e);
        return state;
    }

    private static Conversation Open(ConversationOpened o) => new()
    {
        Origin = o,
        Version = 1,
        LastTimestamp = o.Timestamp,
        SkillId = o.SkillId,
        Ttr = o.Ttr,
        MetaDataLastUpdateTs = o.Timestamp,
        WaitingSince = o.Timestamp,
        Dialogs = [Begin(new DialogOpened(o.ConversationId, DialogType.Main, o.ChannelType, null, [new(o.ConsumerId, Role.Consumer)]) { Timestamp = o.Timestamp })],
    };

    private static Dialog Begin(DialogOpened o) => new()
    {
        Id = o.DialogId,
        Type = o.Type,
        ChannelType = o.ChannelType,
        MetaData = o.MetaData,
        CreationTs = o.Timestamp,
        MetaDataLastUpdateTs = o.Timestamp,
        Participants = o.Participants,
    };

    private static Conversation Set(Conversation state, FieldSet f) => f.Field switch
    {
        OpaqueField.Note => state with { Note = f.Value },
        OpaqueField.Topic => state with { Topic = f.Value },
        OpaqueField.CampaignInfo => state with { CampaignInfo = f.Value },
        OpaqueField.MetaData => state with { MetaData = f.Value },
        _ => state with { CsatSeen = true },
    };

    private static IEnumerable<Ring> Remembered(IReadOnlyList<Ring> rings) =>
        rings.Count < RingsKept || rings.FirstOrDefault(r => r.State != RingState.Waiting) is not { } oldest ? rings : rings.Where(r => r != oldest);

    private static Conversation Publish(Conversation state, MessagePublished m)
    {
        var dialog = state.FindDialog(m.DialogId)!;
        var isContent = m.Kind != MessageKind.Receipt;
        var isPublic = m.Audience == Audience.All;
        var next = dialog with
        {
            NextSequence = m.Sequence + 1,
            Content = isContent ? ContentLog.Append(dialog.Content, m.Sequence, m.OriginatorId, m.Audience) : dialog.Content,
            LastContent = isContent ? m : dialog.LastContent,
            LastPublicContent = isContent && isPublic ? m : dialog.LastPublicContent,
            PrivateSequences = isPublic ? dialog.PrivateSequences : [.. dialog.PrivateSequences, m.Sequence],
            Participants = m.ReadThrough >= 0 ? Read(dialog.Participants, m.OriginatorId, m.ReadThrough) : dialog.Participants,
        };
        return state with
        {
            Version = m.Version,
            ChangeMetadata = null,
            LastTimestamp = m.Timestamp,
            Dialogs = Replace(state.Dialogs, dialog, next),
            UnansweredSince = Unanswered(state, m, isContent && isPublic),
            FirstAnswerTs = state.FirstAnswerTs ?? (isContent && isPublic && m.OriginatorRole is not (Role.Consumer or Role.Controller) ? m.Timestamp : null),
        };
    }

    private static long? Unanswered(Conversation state, MessagePublished m, bool isPublicContent) => m.OriginatorRole switch
    {
        _ when !isPublicContent => state.UnansweredSince,
        Role.Consumer => state.UnansweredSince ?? m.Timestamp,
        Role.Controller => state.UnansweredSince, // automatic messages answer nobody (protocol 15.5)
        _ => null,
    };

    private static Participant[] Read(IReadOnlyList<Participant> participants, string userId, long through) =>
        [.. participants.Select(p => p.UserId == userId && p.ReadThrough < through ? p with { ReadThrough = through } : p)];

    private static Conversation Join(Conversation state, ParticipantJoined j)
    {
        var next = Staffed(OnDialog(state, j, j.DialogId, d => Join(d, j)), j.Timestamp);
        return j.DialogId == state.Id && j.State == ParticipantState.Suggested ? next with { SuggestedSince = j.Timestamp } : next;
    }

    // A new participant starts reading where he joins; an assigned agent at the last message of an agent before him.
    private static Dialog Join(Dialog dialog, ParticipantJoined j)
    {
        var readThrough = j.Role == Role.AssignedAgent ? LastByAgents(dialog) : dialog.NextSequence - 1;
        var joined = new Participant(j.UserId, j.Role, j.State, dialog.Find(j.UserId) is { State: ParticipantState.Active } before ? before.ReadThrough : readThrough);
        return dialog with { Participants = [.. dialog.Participants.Where(p => p.UserId != j.UserId), joined] };
    }

    private static long LastByAgents(Dialog dialog)
    {
        var consumer = dialog.Participants.FirstOrDefault(p => p.Role == Role.Consumer)?.UserId;
        for (var entry = dialog.Content; entry is not null; entry = entry.Older)
        {
            if (entry.OriginatorId != consumer && entry.OriginatorId != Actor.Controller.UserId) return entry.Sequence;
        }

        return -1;
    }

    private static Conversation Leave(Conversation state, ParticipantLeft l)
    {
        var next = Staffed(OnDialog(state, l, l.DialogId, d => d with { Participants = [.. d.Participants.Where(p => p.UserId != l.UserId)] }), l.Timestamp);
        return l.WentAway && next.WaitingSince is not null ? next with { HasReturned = true } : next;
    }

    // Who is in charge of MAIN, and since when nobody is, follows from who takes part, however that came about.
    private static Conversation Staffed(Conversation state, long now)
    {
        var agent = state.AssignedAgent;
        return state with
        {
            WaitingSince = agent is not null || state.Main.State == Stage.Close ? null : state.WaitingSince ?? now,
            HasReturned = agent is null && state.HasReturned,
            LastAgentId = agent?.UserId ?? state.LastAgentId,
            FirstAssignedTs = agent is null ? state.FirstAssignedTs : state.FirstAssignedTs ?? now,
            SuggestedSince = state.Main.Suggested is null ? null : state.SuggestedSince,
        };
    }

    private static Conversation OnDialog(Conversation state, ConversationEvent e, string dialogId, Func<Dialog, Dialog> change)
    {
        var dialog = state.FindDialog(dialogId)!;
        return state with { Dialogs = Replace(state.Dialogs, dialog, change(dialog) with { MetaDataLastUpdateTs = e.Timestamp }) };
    }

    private static Dialog[] Replace(IReadOnlyList<Dialog> dialogs, Dialog old, Dialog next)
    {
        var copy = new Dialog[dialogs.Count];
        for (var i = 0; i < copy.Length; i++) copy[i] = ReferenceEquals(dialogs[i], old) ? next : dialogs[i];
        return copy;
    }
}
