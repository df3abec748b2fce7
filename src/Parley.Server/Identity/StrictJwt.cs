using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Parley.Protocol.Envelope;

namespace Parley.Server.Identity;

/// <summary>
/// Reads a JWT without believing anything of it. Doubled members are refused, because readers differ in which of the two
/// they take, and halves of surrogate pairs, over which readers stumble.
/// </summary>
internal static class StrictJwt
{
    /// <summary>Longer tokens are not looked at, characters.</summary>
    public const int Longest = 16 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static JsonWebTokenHandler Handler { get; } = new() { MaximumTokenSizeInBytes = Longest, SetDefaultTimesOnTokenCreation = false };

    /// <summary>Whether this is a signed token in shape; of an encrypted one the header alone can be judged.</summary>
    public static bool TryRead(string jwt, out JsonWebToken token)
    {
        token = null!;
        if (jwt.Length is 0 or > Longest) return false;
        try
        {
            token = Handler.ReadJsonWebToken(jwt);
            using var header = Parse(token.EncodedHeader);
            if (!token.IsEncrypted) Claims(token).Dispose();
            return true;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or JsonException or SecurityTokenException or InvalidOperationException or OverflowException)
        {
            return false;
        }
    }

    /// <summary>The claims of a token that could be read.</summary>
    public static JsonDocument Claims(JsonWebToken token) => Parse(token.EncodedPayload);

    /// <summary>Judges the times of a token: it must end, after one time, and begin by another.</summary>
    public static LifetimeValidator Lifetime(DateTime endsAfter, DateTime beginsBy) => (notBefore, expires, _, _) =>
        expires is not { } end ? throw new SecurityTokenNoExpirationException()
        : end <= endsAfter ? throw new SecurityTokenExpiredException()
        : notBefore > beginsBy ? throw new SecurityTokenNotYetValidException()
        : true;

    private static JsonDocument Parse(string part)
    {
        var json = Base64UrlEncoder.DecodeBytes(part);
        return SurrogateEscapes.HasHalf(json) ? throw new FormatException("Half a surrogate pair.") : JsonDocument.Parse(json, Strict);
    }
}
