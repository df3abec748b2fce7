namespace Parley.Server.Admin;

/// <param name="TokenId">The token that is void now; null when all of a consumer's are.</param>
/// <param name="Consumer">The consumer whose tokens are void now.</param>
public sealed record TokenRevoked(string? TokenId, string? Consumer = null);
