using System.Text.Json.Serialization;

namespace Parley.Server.Identity.SignIn;

/// <summary>The body of an exchange (protocol 4.5); which member is present decides what is exchanged.</summary>
internal sealed record SignInRequest
{
    /// <summary>A token or a code; the old form.</summary>
    public string? AuthCode { get; init; }

    public string? Code { get; init; }

    [JsonPropertyName("redirect_uri")]
    public string? RedirectUri { get; init; }

    [JsonPropertyName("id_token")]
    public string? IdToken { get; init; }
}
