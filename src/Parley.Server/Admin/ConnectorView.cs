using Parley.Server.Identity.SignIn;

namespace Parley.Server.Admin;

/// <summary>An authentication connector as operators see it: no secret, no private key.</summary>
public sealed record ConnectorView(
    string Id, AuthConnectorType Type, string? Issuer, IReadOnlyList<string> Audiences, IReadOnlyList<string> Algorithms, int ClockSkewSeconds,
    string? PublicKeys, string? JwksUrl, string? TokenEndpoint, string? ClientId, string? RedirectUri, bool DecryptsTokens,
    string? LoginAttribute, string? Recipient)
{
    internal static ConnectorView Of(AuthConnector connector) => new(
        connector.Id, connector.Type, connector.Issuer, connector.Audiences, connector.Algorithms, connector.ClockSkewSeconds,
        connector.PublicKeys, connector.JwksUrl, connector.TokenEndpoint, connector.ClientId, connector.RedirectUri, connector.DecryptionKey is not null,
        connector.LoginAttribute, connector.Recipient);
}
