namespace Parley.Server.Ownership;

/// <summary>What a publish brought, as raw JSON (protocol 10.1, 14): it outlives the frame that it came in.</summary>
/// <param name="Body">The <c>event</c>.</param>
/// <param name="Metadata">The list beside it, or null.</param>
/// <param name="EncodedMetadata">The text beside it, or null.</param>
internal readonly record struct PublishedParts(byte[] Body, byte[]? Metadata, byte[]? EncodedMetadata);
