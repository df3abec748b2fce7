namespace Parley.Server.Identity.SignIn;

/// <summary>An account's agreement with an identity provider (protocol 4.4). Settable members, because absent ones keep their default.</summary>
public sealed record AuthConnector
{
    /// <summary>The connector that every account has: anonymous visitors (protocol 4.3).</summary>
    public const string Anonymous = "ACR0";

    /// <summary>Stands in addresses for the only connector that fits.</summary>
    public const string Default = "default";

    /// <summary>1 to 64 letters, digits, '-' or '_', unique in the account.</summary>
    public required string Id { get; set; }

    public required AuthConnectorType Type { get; set; }

    /// <summary>The claim <c>iss</c> of the provider's tokens; its entity id when it speaks SAML.</summary>
    public string? Issuer { get; set; }

    /// <summary>One of them must be in <c>aud</c>; any audience will do when there are none.</summary>
    public IReadOnlyList<string> Audiences { get; set; } = [];

    /// <summary>What tokens may be signed with, of <see cref="AuthConnectorCheck.Algorithms"/>.</summary>
    public IReadOnlyList<string> Algorithms { get; set; } = ["RS256", "ES256"];

    /// <summary>PEM: public keys or certificates. Either these or <see cref="JwksUrl"/>.</summary>
    public string? PublicKeys { get; set; }

    /// <summary>Where the provider publishes its keys (RFC 7517).</summary>
    public string? JwksUrl { get; set; }

    /// <summary>How far the provider's clock may be ahead of ours. An expired token is never taken.</summary>
    public int ClockSkewSeconds { get; set; } = 60;

    /// <summary>Where codes are redeemed.</summary>
    public string? TokenEndpoint { get; set; }

    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    /// <summary>Sent with every code; when null, what the client gives.</summary>
    public string? RedirectUri { get; set; }

    /// <summary>PEM: the private RSA key of encrypted tokens.</summary>
    public string? DecryptionKey { get; set; }

    /// <summary>The SAML attribute that has an agent's login name; when null, the NameID.</summary>
    public string? LoginAttribute { get; set; }

    /// <summary>Where the provider sends its SAML responses; when null, the address of the login itself.</summary>
    public string? Recipient { get; set; }
}
