using Parley.Conversations.Events;

namespace Parley.Conversations;

/// <summary>
/// The whole state of a conversation: immutable, so that whoever holds one holds a consistent view. Only
/// <see cref="Evolution.Apply"/> makes the next one.
/// </summary>
public sealed record Conversation
{
    // Each message makes a new state: what it does not change is shared, not copied. Nor is it when it is set to what it is.
    private readonly Rest _rest = Rest.Initial;

    /// <summary>What was fixed at the start: ids, context, campaign.</summary>
    public required ConversationOpened Origin { get; init; }

    /// <summary>How many events have been applied.</summary>
    public long Version { get; init; }

    /// <summary>The time of the last event; the next one is later (epoch milliseconds).</summary>
    public long LastTimestamp { get; init; }

    /// <summary>The dialogs in order of creation; MAIN is the first.</summary>
    public IReadOnlyList<Dialog> Dialogs { get; init; } = [];

    /// <summary>The newest rings, oldest first; <see cref="Evolution.RingsKept"/>, or more when more are waiting.</summary>
    public IReadOnlyList<Ring> Rings { get => _rest.Rings; init => _rest = Same(_rest.Rings, value) ? _rest : _rest with { Rings = value }; }

    /// <summary>Whether the conversation as a whole is open.</summary>
    public Stage Stage { get => _rest.Stage; init => _rest = Same(_rest.Stage, value) ? _rest : _rest with { Stage = value }; }

    /// <summary>The skill in charge, or null for none.</summary>
    public string? SkillId { get => _rest.SkillId; init => _rest = Same(_rest.SkillId, value) ? _rest : _rest with { SkillId = value }; }

    /// <summary>The response promise.</summary>
    public Ttr Ttr { get => _rest.Ttr; init => _rest = Same(_rest.Ttr, value) ? _rest : _rest with { Ttr = value }; }

    /// <summary>The agent who is or was last in charge, or null.</summary>
    public string? LastAgentId { get => _rest.LastAgentId; init => _rest = Same(_rest.LastAgentId, value) ? _rest : _rest with { LastAgentId = value }; }

    /// <summary>Since when an agent is proposed, or null when none is (protocol 9.4).</summary>
    public long? SuggestedSince { get => _rest.SuggestedSince; init => _rest = Same(_rest.SuggestedSince, value) ? _rest : _rest with { SuggestedSince = value }; }

    /// <summary>When an agent promised to answer (epoch milliseconds), or null (protocol 8.5.2).</summary>
    public long? ManualEttr { get => _rest.ManualEttr; init => _rest = Same(_rest.ManualEttr, value) ? _rest : _rest with { ManualEttr = value }; }

    /// <summary>Until when the contact centre is closed, or null.</summary>
    public Delay? Delay { get => _rest.Delay; init => _rest = Same(_rest.Delay, value) ? _rest : _rest with { Delay = value }; }

    /// <summary>The consumer's rating, or null.</summary>
    public Csat? Csat { get => _rest.Csat; init => _rest = Same(_rest.Csat, value) ? _rest : _rest with { Csat = value }; }

    /// <summary>Agents' notes, as the client wrote them, or null.</summary>
    public string? Note { get => _rest.Note; init => _rest = Same(_rest.Note, value) ? _rest : _rest with { Note = value }; }

    /// <summary>Raw JSON of the topic, or null.</summary>
    public string? Topic { get => _rest.Topic; init => _rest = Same(_rest.Topic, value) ? _rest : _rest with { Topic = value }; }

    /// <summary>Raw JSON of the campaign when it was changed after the start, or null.</summary>
    public string? CampaignInfo { get => _rest.CampaignInfo; init => _rest = Same(_rest.CampaignInfo, value) ? _rest : _rest with { CampaignInfo = value }; }

    /// <summary>Raw JSON of meta data a client attached, or null.</summary>
    public string? MetaData { get => _rest.MetaData; init => _rest = Same(_rest.MetaData, value) ? _rest : _rest with { MetaData = value }; }

    /// <summary>The metadata of the request that made this state, raw JSON; null when it had none or more has happened since.</summary>
    public string? ChangeMetadata { get => _rest.ChangeMetadata; init => _rest = Same(_rest.ChangeMetadata, value) ? _rest : _rest with { ChangeMetadata = value }; }

    /// <summary>Whether a client showed the request for a rating.</summary>
    public bool CsatSeen { get => _rest.CsatSeen; init => _rest = Same(_rest.CsatSeen, value) ? _rest : _rest with { CsatSeen = value }; }

    /// <summary>The consumer's id after signing in, or null (protocol 4.6).</summary>
    public string? SteppedUpTo { get => _rest.SteppedUpTo; init => _rest = Same(_rest.SteppedUpTo, value) ? _rest : _rest with { SteppedUpTo = value }; }

    /// <summary>When it ended, or null.</summary>
    public long? EndTs { get => _rest.EndTs; init => _rest = Same(_rest.EndTs, value) ? _rest : _rest with { EndTs = value }; }

    /// <summary>Why it ended, or null.</summary>
    public CloseReason? CloseReason { get => _rest.CloseReason; init => _rest = Same(_rest.CloseReason, value) ? _rest : _rest with { CloseReason = value }; }

    /// <summary>The last change of anything but messages.</summary>
    public long MetaDataLastUpdateTs { get => _rest.MetaDataLastUpdateTs; init => _rest = Same(_rest.MetaDataLastUpdateTs, value) ? _rest : _rest with { MetaDataLastUpdateTs = value }; }

    /// <summary>Since when the consumer waits for an answer to his oldest unanswered message, or null.</summary>
    public long? UnansweredSince { get; init; }

    /// <summary>Since when it waits for an agent, or null when somebody is assigned or it is closed.</summary>
    public long? WaitingSince { get => _rest.WaitingSince; init => _rest = Same(_rest.WaitingSince, value) ? _rest : _rest with { WaitingSince = value }; }

    /// <summary>Whether it waits because its agent went away without handing it on: it goes before others of its urgency.</summary>
    public bool HasReturned { get => _rest.HasReturned; init => _rest = Same(_rest.HasReturned, value) ? _rest : _rest with { HasReturned = value }; }

    /// <summary>When it first had an agent, or null.</summary>
    public long? FirstAssignedTs { get => _rest.FirstAssignedTs; init => _rest = Same(_rest.FirstAssignedTs, value) ? _rest : _rest with { FirstAssignedTs = value }; }

    /// <summary>When an agent first answered, or null.</summary>
    public long? FirstAnswerTs { get => _rest.FirstAnswerTs; init => _rest = Same(_rest.FirstAnswerTs, value) ? _rest : _rest with { FirstAnswerTs = value }; }

    /// <summary>When the server last told the consumer that nobody is there, or null.</summary>
    public long? OffHoursToldTs { get => _rest.OffHoursToldTs; init => _rest = Same(_rest.OffHoursToldTs, value) ? _rest : _rest with { OffHoursToldTs = value }; }

    /// <summary>When it last told him that he has to wait, or null.</summary>
    public long? WaitingToldTs { get => _rest.WaitingToldTs; init => _rest = Same(_rest.WaitingToldTs, value) ? _rest : _rest with { WaitingToldTs = value }; }

    /// <summary>Client-chosen ids of applied field changes with their request's hash, newest last, bounded.</summary>
    public IReadOnlyList<AppliedChange> AppliedChanges { get => _rest.AppliedChanges; init => _rest = Same(_rest.AppliedChanges, value) ? _rest : _rest with { AppliedChanges = value }; }

    /// <summary>The conversation's id.</summary>
    public string Id => Origin.ConversationId;

    /// <summary>The account (brand, site) it belongs to.</summary>
    public string AccountId => Origin.AccountId;

    /// <summary>The consumer's public id.</summary>
    public string ConsumerId => SteppedUpTo ?? Origin.ConsumerId;

    /// <summary>The dialog that carries the conversation's id.</summary>
    public Dialog Main => Dialogs[0];

    /// <summary>The agent in charge, or null.</summary>
    public Participant? AssignedAgent => Main.AssignedAgent;

    /// <summary>When an answer is due, epoch milliseconds; -1 when none is owed (protocol 15.5).</summary>
    public long EffectiveTtr =>
        Stage != Stage.Open || UnansweredSince is not { } since ? -1
        : ManualEttr > since ? ManualEttr.Value
        : DueAfter(since);

    /// <summary>When an answer to something said at <paramref name="since"/> (epoch milliseconds) is due by the promise.</summary>
    public long DueAfter(long since) => AttendedFrom(since) + Ttr.Seconds * 1000L;

    /// <summary>From when on somebody can attend to what is waiting since <paramref name="since"/> (epoch milliseconds).</summary>
    public long AttendedFrom(long since) => Math.Max(since, Delay?.TillWhen ?? 0);

    /// <summary>
    /// Whether it waits for a consumer who has been silent since <paramref name="cutoff"/> (epoch milliseconds): an agent spoke last
    /// and promised nothing more (protocol 15.4).
    /// </summary>
    public bool IsAbandoned(long cutoff) =>
        Main is { State: Stage.Open, LastPublicContent: { } last } && last.OriginatorRole != Role.Consumer
        && UnansweredSince is null && WaitingSince is null && !(ManualEttr > last.Timestamp) && LastTimestamp <= cutoff;

    /// <summary>The public ids of those who are in one of the dialogs now in whatever role but the consumer's.</summary>
    public IEnumerable<string> AgentIds => Dialogs.SelectMany(dialog => dialog.Participants)
        .Where(participant => participant is { State: ParticipantState.Active, Role: not Role.Consumer })
        .Select(participant => participant.UserId).Distinct();

    /// <summary>Whether the user is one of <see cref="AgentIds"/>.</summary>
    public bool HasAgent(string userId)
    {
        for (var i = 0; i < Dialogs.Count; i++)
        {
            if (Dialogs[i].Find(userId) is { State: ParticipantState.Active, Role: not Role.Consumer }) return true;
        }

        return false;
    }

    /// <summary>The dialog with this id, or null.</summary>
    public Dialog? FindDialog(string dialogId)
    {
        // By index, here and in Dialog: each event comes by several times, and the enumerator of an interface is allocated.
        for (var i = 0; i < Dialogs.Count; i++)
        {
            if (Dialogs[i].Id == dialogId) return Dialogs[i];
        }

        return null;
    }

    /// <summary>The ring with this id, or null when there was none or it is forgotten.</summary>
    public Ring? FindRing(string ringId) => Rings.FirstOrDefault(ring => ring.Id == ringId);

    private static bool Same<T>(T before, T now) => EqualityComparer<T>.Default.Equals(before, now);

    /// <summary>What messages leave as it is.</summary>
    private sealed record Rest
    {
        public static readonly Rest Initial = new();

        public IReadOnlyList<Ring> Rings { get; init; } = [];
        public Stage Stage { get; init; }
        public string? SkillId { get; init; }
        public Ttr Ttr { get; init; }
        public string? LastAgentId { get; init; }
        public long? SuggestedSince { get; init; }
        public long? ManualEttr { get; init; }
        public Delay? Delay { get; init; }
        public Csat? Csat { get; init; }
        public string? Note { get; init; }
        public string? Topic { get; init; }
        public string? CampaignInfo { get; init; }
        public string? MetaData { get; init; }
        public string? ChangeMetadata { get; init; }
        public bool CsatSeen { get; init; }
        public string? SteppedUpTo { get; init; }
        public long? EndTs { get; init; }
        public CloseReason? CloseReason { get; init; }
        public long MetaDataLastUpdateTs { get; init; }
        public long? WaitingSince { get; init; }
        public bool HasReturned { get; init; }
        public long? FirstAssignedTs { get; init; }
        public long? FirstAnswerTs { get; init; }
        public long? OffHoursToldTs { get; init; }
        public long? WaitingToldTs { get; init; }
        public IReadOnlyList<AppliedChange> AppliedChanges { get; init; } = [];
    }
}
