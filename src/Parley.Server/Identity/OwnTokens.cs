using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Parley.Server.Identity;

/// <summary>JWTs that this installation signs itself. The audience says what one is for, so that none passes for another kind.</summary>
internal sealed class OwnTokens(SigningKeys keys, string issuer, TimeProvider time)
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = PlainEncoder() };

    public string Issuer => issuer;

    /// <summary>Now, as precisely as claims tell the time.</summary>
    public DateTimeOffset Now => DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());

    /// <summary>A token issued <see cref="Now"/>.</summary>
    /// <returns>It and its claim <c>jti</c>.</returns>
    public (string Jwt, string TokenId) Sign(
        string subject, string audience, DateTimeOffset issuedAt, DateTimeOffset expiresAt, Action<Utf8JsonWriter>? more = null)
    {
        var tokenId = Secrets.NewHex(16);

        // Clients decode the claims with plain base64: whole groups of three bytes need no '='.
        var claims = Claims();
        if (claims.Length % 3 is > 0 and var over)
        {
            tokenId += Secrets.NewHex()[..(3 - over)];
            claims = Claims();
        }

        return (StrictJwt.Handler.CreateToken(claims, keys.Current!.Credentials), tokenId);

        string Claims()
        {
            using var buffer = new MemoryStream();
            using (var json = new Utf8JsonWriter(buffer, Plain))
            {
                json.WriteStartObject();
                json.WriteString("sub", subject);
                json.WriteString("aud", audience);
                json.WriteString("iss", issuer);
                json.WriteNumber("exp", expiresAt.ToUnixTimeSeconds());
                json.WriteNumber("iat", issuedAt.ToUnixTimeSeconds());
                json.WriteString("jti", tokenId);
                more?.Invoke(json);
                json.WriteEndObject();
            }

            return Encoding.ASCII.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
        }
    }

    /// <summary>Whether this installation signed a token for the audience and it is valid now.</summary>
    /// <param name="jwt">The token.</param>
    /// <param name="audience">Whom it must be for.</param>
    /// <param name="token">Its claims; to be believed only when nothing failed, or when it has only expired.</param>
    /// <param name="evenExpired">Takes an expired one too.</param>
    public TokenFailure Verify(string jwt, string audience, out JsonWebToken token, bool evenExpired = false)
    {
        if (!StrictJwt.TryRead(jwt, out token)) return TokenFailure.Malformed;

        // Exactly one key and its one algorithm are allowed: the header chooses among our keys and nothing else.
        if (keys.Find(token.Kid) is not { } key) return TokenFailure.BadSignature;

        var now = time.GetUtcNow().UtcDateTime;
        var parameters = new TokenValidationParameters
        {
            IssuerSigningKey = key.Credentials.Key,
            ValidAlgorithms = [key.Credentials.Algorithm],
            ValidIssuer = issuer,
            ValidAudience = audience,
            LifetimeValidator = StrictJwt.Lifetime(evenExpired ? DateTime.MinValue : now, now),
        };

        // Completes synchronously: every key and setting is at hand, nothing is fetched.
        var result = StrictJwt.Handler.ValidateTokenAsync(token, parameters).GetAwaiter().GetResult();
        if (result.IsValid) return token.Subject.Length == 0 || token.Id.Length == 0 ? TokenFailure.Malformed : TokenFailure.None;
        return result.Exception switch
        {
            SecurityTokenExpiredException => TokenFailure.Expired,
            SecurityTokenNotYetValidException => TokenFailure.NotYetValid,
            SecurityTokenInvalidAudienceException => TokenFailure.WrongAccount,
            SecurityTokenInvalidLifetimeException or SecurityTokenNoExpirationException => TokenFailure.Malformed,
            _ => TokenFailure.BadSignature,
        };
    }

    // ASCII without '>', '?' and '~' has neither '-' nor '_' in base64url, which plain base64 would not know.
    private static JavaScriptEncoder PlainEncoder()
    {
        var settings = new TextEncoderSettings(UnicodeRanges.BasicLatin);
        settings.ForbidCharacters('>', '?', '~');
        return JavaScriptEncoder.Create(settings);
    }
}
