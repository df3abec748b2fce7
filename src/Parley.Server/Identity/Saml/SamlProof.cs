namespace Parley.Server.Identity.Saml;

/// <summary>What an assertion proves.</summary>
/// <param name="Login">The login name of the agent.</param>
/// <param name="Id">A hash that no other assertion has.</param>
/// <param name="ExpiresAt">From then on the assertion proves nothing.</param>
internal sealed record SamlProof(string Login, string Id, DateTimeOffset ExpiresAt);
