using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Parley.Protocol.Requests;

namespace Parley.Server.Identity.SignIn;

/// <summary>Judges the tokens of identity providers by what their connector allows (protocol 4.4).</summary>
internal sealed class ExternalTokens(TimeProvider time)
{
    private const int LongestText = 512;

    /// <exception cref="SignInRefusedException">It is not valid for this connector now.</exception>
    public async Task<ExternalToken> ValidateAsync(LiveConnector connector, string jwt)
    {
        var settings = connector.Settings;
        var token = Read(connector, jwt);
        if (!settings.Algorithms.Contains(token.Alg)) throw Invalid("It is not signed in a way the connector allows");

        // What must be understood and is not (RFC 7515, 4.1.11).
        if (token.TryGetHeaderValue("crit", out object _)) throw Invalid("It has critical headers that are not known");

        var result = await StrictJwt.Handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKeys = await connector.Keys.FindAsync(token.Kid),
            ValidAlgorithms = settings.Algorithms,
            ValidIssuer = settings.Issuer,
            ValidateAudience = settings.Audiences.Count > 0,
            ValidAudiences = settings.Audiences,
            LifetimeValidator = StrictJwt.Lifetime(time.GetUtcNow().UtcDateTime, Latest(settings)),
        });
        if (!result.IsValid)
        {
            throw new SignInRefusedException(result.Exception is SecurityTokenExpiredException ? IdpErrors.Expired : IdpErrors.ExternalInvalid, result.Exception);
        }

        if (token.IssuedAt == DateTime.MinValue || token.IssuedAt > Latest(settings)) throw Invalid("Its iat is missing or in the future");
        return new ExternalToken(IdentityOf(token), new DateTimeOffset(token.IssuedAt, TimeSpan.Zero), new DateTimeOffset(token.ValidTo, TimeSpan.Zero));
    }

    private static SignInRefusedException Invalid(string why) => new(IdpErrors.ExternalInvalid with { Message = why });

    private static JsonWebToken Read(LiveConnector connector, string jwt)
    {
        var dots = jwt.AsSpan().Count('.');
        if (dots is not (2 or 4)) throw new SignInRefusedException(IdpErrors.NoToken);
        if (!StrictJwt.TryRead(jwt, out var token)) throw new SignInRefusedException(IdpErrors.UnreadableToken);
        return dots == 2 ? token
            : StrictJwt.TryRead(Decrypted(connector, token), out var inner) && !inner.IsEncrypted ? inner
            : throw new SignInRefusedException(IdpErrors.UnreadableToken);
    }

    private static string Decrypted(LiveConnector connector, JsonWebToken token)
    {
        if (connector.Keys.Decryption is not { } key) throw Invalid("It is encrypted, and the connector has no key for that");
        if (token.Alg != RsaOaep256.Name) throw Invalid($"It is not encrypted with {RsaOaep256.Name}");
        try
        {
            return StrictJwt.Handler.DecryptToken(token, new TokenValidationParameters { TokenDecryptionKey = key });
        }
        catch (Exception e) when (e is SecurityTokenException or ArgumentException or InvalidOperationException)
        {
            throw new SignInRefusedException(IdpErrors.ExternalInvalid with { Message = "It cannot be decrypted" }, e);
        }
    }

    private DateTime Latest(AuthConnector settings) => time.GetUtcNow().UtcDateTime.AddSeconds(settings.ClockSkewSeconds);

    private static ExternalIdentity IdentityOf(JsonWebToken token)
    {
        using var json = StrictJwt.Claims(token);
        var claims = json.RootElement;
        return new ExternalIdentity
        {
            Issuer = token.Issuer,
            Subject = Text(claims, "sub") is { Length: > 0 } subject ? subject : throw Invalid("Its sub is missing"),
            Name = Text(claims, "name"),
            GivenName = Text(claims, "given_name"),
            FamilyName = Text(claims, "family_name"),
            PreferredUsername = Text(claims, "preferred_username"),
            Email = Text(claims, "email"),
            PhoneNumber = Text(claims, "phone_number"),
            Gender = Text(claims, "gender"),
            Sdes = SdesOf(claims.Member("lp_sdes")),
        };
    }

    private static string? Text(JsonElement claims, string name)
    {
        var value = claims.Member(name);
        if (value.ValueKind == JsonValueKind.Undefined) return null;
        return value.Text() is { Length: <= LongestText } text ? text : throw Invalid($"Its {name} is no text of at most {LongestText} characters");
    }

    private static JsonElement[]? SdesOf(JsonElement sdes) =>
        sdes.ValueKind == JsonValueKind.Undefined ? null
        : sdes.Items().All(sde => sde.ValueKind == JsonValueKind.Object) ? [.. sdes.Items().Select(sde => sde.Clone())]
        : throw Invalid("Its lp_sdes is no array of objects");
}
