namespace Parley.Server.Configuration;

/// <summary>Why something is not told.</summary>
internal sealed record ConfigurationError(string Error);
