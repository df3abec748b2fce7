using Parley.Conversations.Events;

namespace Parley.Conversations;

/// <summary>One numbered stream of events inside a conversation (protocol 8.5.3, 15.2).</summary>
public sealed record Dialog
{
    // As in a conversation: a message copies what it changes.
    private readonly Rest _rest = Rest.Initial;

    /// <summary>The id; the MAIN dialog's equals the conversation's.</summary>
    public required string Id { get; init; }

    /// <summary>MAIN, survey or other.</summary>
    public DialogType Type { get => _rest.Type; init => _rest = _rest with { Type = value }; }

    /// <summary>The channel, <c>MESSAGING</c> unless a client said otherwise.</summary>
    public string ChannelType { get => _rest.ChannelType; init => _rest = _rest with { ChannelType = value }; }

    /// <summary>Open until closed.</summary>
    public Stage State { get => _rest.State; init => _rest = _rest with { State = value }; }

    /// <summary>The number the next content, rich content or receipt event gets. Never falls, never skips.</summary>
    public long NextSequence { get; init; }

    /// <summary>Who takes part, in the order of joining.</summary>
    public IReadOnlyList<Participant> Participants { get; init; } = [];

    /// <summary>Recent content, for unread counts.</summary>
    public ContentLog? Content { get; init; }

    /// <summary>The newest content event that only agents and managers need be able to see.</summary>
    public MessagePublished? LastContent { get; init; }

    /// <summary>The newest content event that everybody may see.</summary>
    public MessagePublished? LastPublicContent { get; init; }

    /// <summary>Numbers of private events, ascending: what a consumer's view skips.</summary>
    public IReadOnlyList<long> PrivateSequences { get; init; } = [];

    /// <summary>Raw JSON object stored and shown verbatim, or null.</summary>
    public string? MetaData { get => _rest.MetaData; init => _rest = _rest with { MetaData = value }; }

    /// <summary>When the dialog was made, epoch milliseconds.</summary>
    public long CreationTs { get => _rest.CreationTs; init => _rest = _rest with { CreationTs = value }; }

    /// <summary>When it was closed, or null.</summary>
    public long? EndTs { get => _rest.EndTs; init => _rest = _rest with { EndTs = value }; }

    /// <summary>The last change of anything but its messages.</summary>
    public long MetaDataLastUpdateTs { get => _rest.MetaDataLastUpdateTs; init => _rest = _rest with { MetaDataLastUpdateTs = value }; }

    /// <summary>Who closed it, or null.</summary>
    public CloseReason? ClosedBy { get => _rest.ClosedBy; init => _rest = _rest with { ClosedBy = value }; }

    /// <summary>Free text of the closing request, or null.</summary>
    public string? ClosedCause { get => _rest.ClosedCause; init => _rest = _rest with { ClosedCause = value }; }

    /// <summary>The agent in charge here, or null.</summary>
    public Participant? AssignedAgent
    {
        get
        {
            for (var i = 0; i < Participants.Count; i++)
            {
                if (Participants[i] is { Role: Role.AssignedAgent, State: ParticipantState.Active }) return Participants[i];
            }

            return null;
        }
    }

    /// <summary>The agent who is suggested, one at most, or null.</summary>
    public Participant? Suggested => Participants.FirstOrDefault(participant => participant.State == ParticipantState.Suggested);

    /// <summary>The participant with this id, or null.</summary>
    public Participant? Find(string userId)
    {
        for (var i = 0; i < Participants.Count; i++)
        {
            if (Participants[i].UserId == userId) return Participants[i];
        }

        return null;
    }

    /// <summary>How many visible content events of others the participant has not read (saturates at <see cref="ContentLog.Kept"/>).</summary>
    public int Unread(Participant participant) =>
        ContentLog.Unread(Content, participant.UserId, participant.Role == Role.Consumer, participant.ReadThrough);

    /// <summary>What messages leave as it is.</summary>
    private sealed record Rest
    {
        public static readonly Rest Initial = new();

        public DialogType Type { get; init; }
        public string ChannelType { get; init; } = "MESSAGING";
        public Stage State { get; init; }
        public string? MetaData { get; init; }
        public long CreationTs { get; init; }
        public long? EndTs { get; init; }
        public long MetaDataLastUpdateTs { get; init; }
        public CloseReason? ClosedBy { get; init; }
        public string? ClosedCause { get; init; }
    }
}
