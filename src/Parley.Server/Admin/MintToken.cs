namespace Parley.Server.Admin;

/// <param name="Account">As <see cref="AccountScope"/>.</param>
/// <param name="Consumer">The consumer's id; a new consumer when null.</param>
/// <param name="Minutes">How long it is valid; as long as allowed when null.</param>
public sealed record MintToken(string? Account, string? Consumer, int? Minutes);
