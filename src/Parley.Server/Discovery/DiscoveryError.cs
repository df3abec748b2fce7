namespace Parley.Server.Discovery;

/// <summary>Why a domain cannot be told.</summary>
internal sealed record DiscoveryError(string Error);
