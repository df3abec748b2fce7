namespace Parley.Server.Identity;

/// <summary>How tokens are signed; the names are those of RFC 7518.</summary>
public enum TokenAlgorithm : byte { ES256, RS256 }
