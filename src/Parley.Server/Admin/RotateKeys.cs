using Parley.Server.Identity;

namespace Parley.Server.Admin;

/// <param name="Algorithm">Of the new key; the configured one when null.</param>
public sealed record RotateKeys(TokenAlgorithm? Algorithm);
