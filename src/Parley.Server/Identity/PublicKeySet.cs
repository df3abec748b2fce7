namespace Parley.Server.Identity;

/// <summary>The keys that verify this installation's tokens (RFC 7517).</summary>
internal sealed record PublicKeySet(IReadOnlyList<PublicKey> Keys);
