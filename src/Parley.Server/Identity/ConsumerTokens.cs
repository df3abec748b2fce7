using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Parley.Server.Identity;

/// <summary>Consumer tokens (protocol 4.2): issued, validated, revoked.</summary>
public sealed class ConsumerTokens
{
    private const int LongestJwt = 16 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = LongestJwt, SetDefaultTimesOnTokenCreation = false };
    private readonly AccountStore _store;
    private readonly Accounts _accounts;
    private readonly SigningKeys _keys;
    private readonly IdentityEvents _events;
    private readonly string _issuer;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<(string AccountId, string TokenId), byte> _revoked;
    private readonly ConcurrentDictionary<string, MintedToken> _minted;

    internal ConsumerTokens(
        AccountStore store, Accounts accounts, SigningKeys keys, IdentityEvents events, string issuer, TimeSpan lifetime, TimeProvider time)
    {
        (_store, _accounts, _keys, _events, _issuer, Lifetime, _time) = (store, accounts, keys, events, issuer, lifetime, time);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        _revoked = new(store.Load(
            "SELECT account, jti FROM revoked_tokens", row => KeyValuePair.Create((row.GetString(0), row.GetString(1)), (byte)0)));
        _minted = new(store.Load(
            $"SELECT account, jti, consumer, issued_ts, expires_ts FROM minted_tokens WHERE expires_ts > {now}",
            row => new MintedToken(
                row.GetString(0), row.GetString(1), row.GetString(2), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)),
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)), Revoked: false)).Select(token => KeyValuePair.Create(token.TokenId, token)));
    }

    /// <summary>How long a token is valid unless a shorter life is asked for.</summary>
    public TimeSpan Lifetime { get; }

    /// <summary>A token for a consumer, or for a new one; it lives <see cref="Lifetime"/> at most.</summary>
    /// <exception cref="RefusedException">The account does not exist or the consumer id cannot be a claim.</exception>
    public IssuedToken Issue(string accountId, string? consumerId = null, TimeSpan? lifetime = null)
    {
        if (_accounts.Find(accountId) is null)
        {
            throw new RefusedException($"There is no account {accountId}.");
        }

        consumerId ??= Guid.NewGuid().ToString();
        if (consumerId.Length is 0 or > 64 || !consumerId.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            throw new RefusedException("A consumer id has 1 to 64 letters, digits, '-', '_' or '.'.");
        }

        var issuedAt = DateTimeOffset.FromUnixTimeSeconds(_time.GetUtcNow().ToUnixTimeSeconds());
        var expiresAt = issuedAt + (lifetime is { } asked && asked < Lifetime ? asked : Lifetime);
        var tokenId = Secrets.NewHex(16);

        // Clients decode the claims with plain base64: whole groups of three bytes need no '=', and ASCII without '>', '?', '~' no '-' or '_'.
        var claims = Claims(accountId, consumerId, issuedAt, expiresAt, tokenId);
        var missing = (3 - claims.Length % 3) % 3;
        if (missing > 0)
        {
            tokenId += Secrets.NewHex()[..missing];
            claims = Claims(accountId, consumerId, issuedAt, expiresAt, tokenId);
        }

        var jwt = _handler.CreateToken(claims, _keys.Current!.Credentials);
        return new IssuedToken(jwt, new ConsumerIdentity(accountId, consumerId, tokenId, expiresAt, IsAnonymous: true));
    }

    /// <summary>A token made by an operator: listed by <see cref="Minted"/> until it expires.</summary>
    /// <inheritdoc cref="Issue" path="/exception"/>
    public async Task<IssuedToken> MintAsync(string accountId, string? consumerId, TimeSpan? lifetime)
    {
        var issued = Issue(accountId, consumerId, lifetime);
        var minted = new MintedToken(accountId, issued.Consumer.TokenId, issued.Consumer.ConsumerId, _time.GetUtcNow(), issued.Consumer.ExpiresAt, Revoked: false);
        await _store.WriteAsync(
            db => db.Execute(
                "INSERT INTO minted_tokens (jti, account, consumer, issued_ts, expires_ts) VALUES ($1, $2, $3, $4, $5)",
                minted.TokenId, accountId, minted.ConsumerId, minted.IssuedAt.ToUnixTimeMilliseconds(), minted.ExpiresAt.ToUnixTimeMilliseconds()),
            () => _minted[minted.TokenId] = minted);
        return issued;
    }

    /// <summary>The tokens that operators made and that have not expired, newest first.</summary>
    public IReadOnlyList<MintedToken> Minted(string accountId) =>
    [
        .. _minted.Values
            .Where(token => token.AccountId == accountId && token.ExpiresAt > _time.GetUtcNow())
            .Select(token => token with { Revoked = _revoked.ContainsKey((accountId, token.TokenId)) })
            .OrderByDescending(token => token.IssuedAt),
    ];

    /// <summary>Whom a token names, if this server signed it for the account and it is valid now.</summary>
    public TokenValidation Validate(string accountId, string jwt)
    {
        if (jwt.Length > LongestJwt || !TryRead(jwt, out var token))
        {
            return new(null, TokenFailure.Malformed);
        }

        // Exactly one key and its one algorithm are allowed: the header chooses among our keys and nothing else.
        if (_keys.Find(token.Kid) is not { } key)
        {
            return new(null, TokenFailure.BadSignature);
        }

        var parameters = new TokenValidationParameters
        {
            IssuerSigningKey = key.Credentials.Key,
            ValidAlgorithms = [key.Credentials.Algorithm],
            ValidIssuer = _issuer,
            ValidAudience = Audience(accountId),
            LifetimeValidator = (notBefore, expires, _, _) => IsAlive(notBefore, expires),
        };

        // Completes synchronously: every key and setting is at hand, nothing is fetched.
        var result = _handler.ValidateTokenAsync(token, parameters).GetAwaiter().GetResult();
        if (!result.IsValid)
        {
            return new(null, result.Exception switch
            {
                SecurityTokenExpiredException => TokenFailure.Expired,
                SecurityTokenNotYetValidException => TokenFailure.NotYetValid,
                SecurityTokenInvalidAudienceException => TokenFailure.WrongAccount,
                SecurityTokenInvalidLifetimeException or SecurityTokenNoExpirationException => TokenFailure.Malformed,
                _ => TokenFailure.BadSignature,
            });
        }

        if (token.Subject.Length == 0 || token.Id.Length == 0)
        {
            return new(null, TokenFailure.Malformed);
        }

        if (_accounts.Find(accountId) is null)
        {
            return new(null, TokenFailure.WrongAccount);
        }

        return IsRevoked(accountId, token.Id)
            ? new(null, TokenFailure.Revoked)
            : new(new ConsumerIdentity(accountId, token.Subject, token.Id, token.ValidTo, IsAnonymous: !token.TryGetPayloadValue<object>("lp.ext", out _)), TokenFailure.None);
    }

    /// <summary>Whether a token, or all of its account, was taken back after it was validated.</summary>
    public bool IsRevoked(string accountId, string tokenId) => _accounts.Find(accountId) is null || _revoked.ContainsKey((accountId, tokenId));

    /// <summary>Takes a token back for good; open sockets that use it are closed.</summary>
    public async Task RevokeAsync(string accountId, string tokenId)
    {
        await _store.WriteAsync(
            db => db.Execute(
                "INSERT INTO revoked_tokens (account, jti, revoked_ts) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                accountId, tokenId, _time.GetUtcNow().ToUnixTimeMilliseconds()),
            () => _revoked[(accountId, tokenId)] = 0);
        _events.Raise(new Revocation(RevocationKind.TokenRevoked, accountId, tokenId));
    }

    private static string Audience(string accountId) => $"acc:{accountId}";

    private bool TryRead(string jwt, out JsonWebToken token)
    {
        token = null!;
        try
        {
            token = _handler.ReadJsonWebToken(jwt);
            using var claims = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedPayload), Strict);
            using var header = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedHeader), Strict);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or JsonException or SecurityTokenException)
        {
            return false;
        }
    }

    private bool IsAlive(DateTime? notBefore, DateTime? expires)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        if (expires is not { } end)
        {
            throw new SecurityTokenNoExpirationException();
        }

        if (end <= now)
        {
            throw new SecurityTokenExpiredException();
        }

        return notBefore is not { } start || start <= now ? true : throw new SecurityTokenNotYetValidException();
    }

    private string Claims(string accountId, string consumerId, DateTimeOffset issuedAt, DateTimeOffset expiresAt, string tokenId)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("sub", consumerId);
            json.WriteString("aud", Audience(accountId));
            json.WriteString("iss", _issuer);
            json.WriteNumber("exp", expiresAt.ToUnixTimeSeconds());
            json.WriteNumber("iat", issuedAt.ToUnixTimeSeconds());
            json.WriteString("jti", tokenId);
            json.WriteEndObject();
        }

        return Encoding.ASCII.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
