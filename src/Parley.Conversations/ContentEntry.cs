namespace Parley.Conversations;

/// <summary>A content event as its dialog remembers it.</summary>
/// <param name="Sequence">Its number.</param>
/// <param name="OriginatorId">Who published it.</param>
/// <param name="Audience">Who may see it.</param>
public readonly record struct ContentEntry(long Sequence, string OriginatorId, Audience Audience);
