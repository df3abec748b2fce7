namespace Parley.Server.Identity;

/// <summary>What a client gets at login and presents later; the store has only their hashes.</summary>
/// <param name="Bearer">64 hex digits, safe in a URL path.</param>
/// <param name="Csrf">Must accompany the cookie.</param>
/// <param name="Cookie">Value of the cookie <c>session_id</c>.</param>
public sealed record SessionSecrets(string Bearer, string Csrf, string Cookie);
