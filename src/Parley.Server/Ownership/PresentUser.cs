namespace Parley.Server.Ownership;

/// <summary>Somebody who has a socket on a node, or had one.</summary>
internal readonly record struct PresentUser(string AccountId, string UserId, bool IsAgent);
