namespace Parley.Conversations.Changes;

/// <summary>An agent says when he will answer (protocol 8.5.2).</summary>
/// <param name="Timestamp">Epoch milliseconds.</param>
public sealed record SetManualEttr(long Timestamp) : FieldChange(false, true);
