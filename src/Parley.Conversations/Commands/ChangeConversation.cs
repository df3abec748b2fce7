using Parley.Conversations.Changes;

namespace Parley.Conversations.Commands;

/// <summary>Change a conversation's fields: all of them, in order, or none (protocol 9.3).</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="Changes">What, in order: each sees what the ones before did.</param>
public sealed record ChangeConversation(Actor Actor, IReadOnlyList<FieldChange> Changes) : ConversationCommand
{
    /// <summary>The client's id for doing it once, or null.</summary>
    public string? EventId { get; init; }

    /// <summary>Hash of the request, to tell a repeat from another request under the same id.</summary>
    public ulong BodyHash { get; init; }

    /// <summary>Raw JSON of the request's metadata, or null (protocol 14).</summary>
    public string? Metadata { get; init; }

    /// <summary>Which survey follows when MAIN closes.</summary>
    public SurveyRules Surveys { get; init; } = SurveyRules.None;

    /// <summary>Refused unless the conversation is at this version; null for any.</summary>
    public long? OnlyAt { get; init; }

    /// <summary>What is noted as the reason where the server itself closes.</summary>
    public CloseReason SystemReason { get; init; } = CloseReason.System;
}
