namespace Parley.Conversations;

/// <summary>The promise to answer within <paramref name="Seconds"/> of a consumer's message (protocol 15.5).</summary>
public readonly record struct Ttr(TtrType Type, int Seconds);
