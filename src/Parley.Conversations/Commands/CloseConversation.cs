using Parley.Conversations.Changes;

namespace Parley.Conversations.Commands;

/// <summary>Close a conversation with all its dialogs (protocol 15.3).</summary>
/// <param name="Actor">Who asks; he must take part, or be the server.</param>
/// <param name="Cause">Free text kept on the closed dialogs, or null.</param>
public sealed record CloseConversation(Actor Actor, string? Cause = null) : ConversationCommand
{
    /// <summary>The client's id for doing it once, or null.</summary>
    public string? EventId { get; init; }

    /// <summary>Hash of the request, to tell a repeat from another request under the same id.</summary>
    public ulong BodyHash { get; init; }

    /// <summary>What is noted as the reason where the server itself closes.</summary>
    public CloseReason SystemReason { get; init; } = CloseReason.System;

    internal ChangeConversation AsChange() => new(Actor, [new CloseEverything(Cause)]) { EventId = EventId, BodyHash = BodyHash, SystemReason = SystemReason };
}
