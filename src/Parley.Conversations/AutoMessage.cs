namespace Parley.Conversations;

/// <summary>What the server itself writes to a consumer, ready to be published (protocol 15.9).</summary>
/// <param name="Body">The <c>event</c> member.</param>
/// <param name="Metadata">The metadata array beside it (protocol 14).</param>
public sealed record AutoMessage(byte[] Body, byte[] Metadata);
