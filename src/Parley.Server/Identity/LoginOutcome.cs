namespace Parley.Server.Identity;

/// <summary>What became of a login attempt. <see cref="Refused"/> never tells which part was wrong.</summary>
public enum LoginOutcome : byte { Refused, Accepted, Malformed, NotSetUp, TooMany }
