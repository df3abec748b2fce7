using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Server.Identity.SignIn;

/// <summary>What the brand's identity provider says of a consumer (protocol 4.4); the names are those of its claims.</summary>
public sealed record ExternalIdentity
{
    [JsonPropertyName("iss")]
    public required string Issuer { get; init; }

    /// <summary>The provider's id of him.</summary>
    [JsonPropertyName("sub")]
    public required string Subject { get; init; }

    [JsonPropertyName("name")]
    public string? Name { get; init; }

    [JsonPropertyName("given_name")]
    public string? GivenName { get; init; }

    [JsonPropertyName("family_name")]
    public string? FamilyName { get; init; }

    [JsonPropertyName("preferred_username")]
    public string? PreferredUsername { get; init; }

    [JsonPropertyName("email")]
    public string? Email { get; init; }

    [JsonPropertyName("phone_number")]
    public string? PhoneNumber { get; init; }

    [JsonPropertyName("gender")]
    public string? Gender { get; init; }

    /// <summary>Further data about him, objects of protocol 13.3 as the provider sent them.</summary>
    [JsonPropertyName("lp_sdes")]
    public IReadOnlyList<JsonElement>? Sdes { get; init; }

    /// <summary>His public id in an account: 64 hex digits, always the same, telling nothing of <see cref="Subject"/>.</summary>
    public string ConsumerIdIn(string accountId) => Secrets.Hash($"{accountId}\n{Issuer}\n{Subject}");
}
