using Parley.Conversations.Events;

namespace Parley.Conversations;

/// <summary>
/// The whole state of a conversation: immutable, so that whoever holds one holds a consistent view. Only
/// <see cref="Evolution.Apply"/> makes the next one.
/// </summary>
public sealed record Conversation
{
    /// <summary>What was fixed at the start: ids, context, campaign.</summary>
    public required ConversationOpened Origin { get; init; }

    /// <summary>How many events have been applied.</summary>
    public long Version { get; init; }

    /// <summary>The time of the last event; the next one is later (epoch milliseconds).</summary>
    public long LastTimestamp { get; init; }

    /// <summary>The dialogs in order of creation; MAIN is the first.</summary>
    public IReadOnlyList<Dialog> Dialogs { get; init; } = [];

    /// <summary>The newest rings, oldest first; <see cref="Evolution.RingsKept"/>, or more when more are waiting.</summary>
    public IReadOnlyList<Ring> Rings { get; init; } = [];

    /// <summary>Whether the conversation as a whole is open.</summary>
    public Stage Stage { get; init; }

    /// <summary>The skill in charge, or null for none.</summary>
    public string? SkillId { get; init; }

    /// <summary>The response promise.</summary>
    public Ttr Ttr { get; init; }

    /// <summary>The agent who is or was last in charge, or null.</summary>
    public string? LastAgentId { get; init; }

    /// <summary>Since when an agent is proposed, or null when none is (protocol 9.4).</summary>
    public long? SuggestedSince { get; init; }

    /// <summary>When an agent promised to answer (epoch milliseconds), or null (protocol 8.5.2).</summary>
    public long? ManualEttr { get; init; }

    /// <summary>Until when the contact centre is closed, or null.</summary>
    public Delay? Delay { get; init; }

    /// <summary>The consumer's rating, or null.</summary>
    public Csat? Csat { get; init; }

    /// <summary>Agents' notes, as the client wrote them, or null.</summary>
    public string? Note { get; init; }

    /// <summary>Raw JSON of the topic, or null.</summary>
    public string? Topic { get; init; }

    /// <summary>Raw JSON of the campaign when it was changed after the start, or null.</summary>
    public string? CampaignInfo { get; init; }

    /// <summary>Raw JSON of meta data a client attached, or null.</summary>
    public string? MetaData { get; init; }

    /// <summary>The metadata of the request that made this state, raw JSON; null when it had none or more has happened since.</summary>
    public string? ChangeMetadata { get; init; }

    /// <summary>Whether a client showed the request for a rating.</summary>
    public bool CsatSeen { get; init; }

    /// <summary>The consumer's id after signing in, or null (protocol 4.6).</summary>
    public string? SteppedUpTo { get; init; }

    /// <summary>When it ended, or null.</summary>
    public long? EndTs { get; init; }

    /// <summary>Why it ended, or null.</summary>
    public CloseReason? CloseReason { get; init; }

    /// <summary>The last change of anything but messages.</summary>
    public long MetaDataLastUpdateTs { get; init; }

    /// <summary>Since when the consumer waits for an answer to his oldest unanswered message, or null.</summary>
    public long? UnansweredSince { get; init; }

    /// <summary>Since when it waits for an agent, or null when somebody is assigned or it is closed.</summary>
    public long? WaitingSince { get; init; }

    /// <summary>Whether it waits because its agent went away without handing it on: it goes before others of its urgency.</summary>
    public bool HasReturned { get; init; }

    /// <summary>When it first had an agent, or null.</summary>
    public long? FirstAssignedTs { get; init; }

    /// <summary>When an agent first answered, or null.</summary>
    public long? FirstAnswerTs { get; init; }

    /// <summary>When the server last told the consumer that nobody is there, or null.</summary>
    public long? OffHoursToldTs { get; init; }

    /// <summary>When it last told him that he has to wait, or null.</summary>
    public long? WaitingToldTs { get; init; }

    /// <summary>Client-chosen ids of applied field changes with their request's hash, newest last, bounded.</summary>
    public IReadOnlyList<AppliedChange> AppliedChanges { get; init; } = [];

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
}
