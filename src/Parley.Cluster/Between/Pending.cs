using Orleans.Runtime;
using Parley.Conversations.Commands;
using Parley.Server.Ownership;

namespace Parley.Cluster.Between;

/// <summary>Something that a client of this node waits for, while another node decides.</summary>
/// <param name="ConversationId">About which conversation.</param>
/// <param name="AccountId">The account of whoever asks; null for the server itself.</param>
/// <param name="Command">What is asked; null when it is only to catch up.</param>
/// <param name="Reply">Who waits.</param>
internal sealed record Pending(string ConversationId, string? AccountId, ConversationCommand? Command, CommandReply Reply)
{
    /// <summary>Who waits.</summary>
    public CommandReply Reply { get; private set; } = Reply;

    /// <summary>The node that was asked last.</summary>
    public SiloAddress? Node { get; set; }

    /// <summary>Its place among all that was asked on this node.</summary>
    public required long Order { get; init; }

    /// <summary>When it began; a timestamp of the clock.</summary>
    public long Since { get; init; }

    /// <summary>Whether it may be asked again although it may have been carried out: a repeat is recognised, or nothing is changed.</summary>
    public bool IsRepeatable => Command is null or OpenConversation or PublishMessage { EventId: not null } or ChangeConversation { EventId: not null };

    /// <summary>It may have been carried out, and is asked again: if that comes to nothing, nobody knows whether it was.</summary>
    public void Doubt()
    {
        if (Command is not null) Reply = new InDoubtReply(Reply);
    }
}
