using Microsoft.IdentityModel.JsonWebTokens;
using Parley.Server.Identity.SignIn;
using Parley.Server.Storage;

namespace Parley.Server.Identity;

/// <summary>Consumer tokens (protocol 4.1, 4.2): issued, validated, revoked.</summary>
public sealed class ConsumerTokens
{
    private const string External = "lp.ext";
    private const string StepUp = "lp.stepup";

    private readonly IAccountStore _store;
    private readonly Accounts _accounts;
    private readonly OwnTokens _own;
    private readonly Revocations _revocations;
    private readonly TimeProvider _time;
    private readonly CachedTable<string, MintedToken> _minted;

    internal ConsumerTokens(IAccountStore store, Accounts accounts, OwnTokens own, Revocations revocations, TimeSpan lifetime, TimeProvider time)
    {
        (_store, _accounts, _own, _revocations, Lifetime, _time) = (store, accounts, own, revocations, lifetime, time);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        _minted = new(
            "minted_tokens", $"SELECT account, jti, consumer, issued_ts, expires_ts FROM minted_tokens WHERE expires_ts > {now}", ["jti"], key => key[0],
            row => KeyValuePair.Create(row.GetString(1), new MintedToken(
                row.GetString(0), row.GetString(1), row.GetString(2), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)),
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)), Revoked: false)));
        store.Follow(_minted);
    }

    /// <summary>How long a token is valid unless a shorter life is asked for.</summary>
    public TimeSpan Lifetime { get; }

    /// <summary>A token for a consumer, or for a new one; it lives <see cref="Lifetime"/> at most. Nobody vouches for who he is.</summary>
    /// <exception cref="RefusedException">The account does not exist or the consumer id cannot be a claim.</exception>
    public IssuedToken Issue(string accountId, string? consumerId = null, TimeSpan? lifetime = null) =>
        Issue(accountId, consumerId, lifetime, _own.Now);

    /// <summary>A token for whom the brand's identity provider vouches (protocol 4.5); it ends with what the provider said, at the latest.</summary>
    /// <param name="accountId">An existing account.</param>
    /// <param name="who">In the provider's words.</param>
    /// <param name="until">When the provider's token expires.</param>
    /// <param name="steppedUpFrom">The anonymous consumer he has proved to be as well, or null.</param>
    internal IssuedToken Issue(string accountId, ExternalIdentity who, DateTimeOffset until, string? steppedUpFrom)
    {
        var now = _own.Now;
        var consumerId = who.ConsumerIdIn(accountId);
        var expiresAt = until < now + Lifetime ? until : now + Lifetime;
        var (jwt, tokenId) = _own.Sign(consumerId, Audience(accountId), now, expiresAt, json =>
        {
            json.WriteStartObject(External);
            json.WriteString("sub", who.Subject);
            json.WriteString("iss", who.Issuer);
            json.WriteEndObject();
            if (steppedUpFrom is not null) json.WriteString(StepUp, steppedUpFrom);
        });
        return new IssuedToken(
            jwt, new ConsumerIdentity(accountId, consumerId, tokenId, expiresAt, IsAnonymous: false) { IssuedAt = now, SteppedUpFrom = steppedUpFrom });
    }

    /// <summary>A token made by an operator: listed by <see cref="Minted"/> until it expires.</summary>
    /// <inheritdoc cref="Issue(string, string, TimeSpan?)" path="/exception"/>
    public async Task<IssuedToken> MintAsync(string accountId, string? consumerId, TimeSpan? lifetime)
    {
        await _store.CatchUpAsync();
        var issued = Issue(accountId, consumerId, lifetime, _revocations.FirstNotRevoked(accountId, consumerId, _own.Now));
        var minted = new MintedToken(
            accountId, issued.Consumer.TokenId, issued.Consumer.ConsumerId, issued.Consumer.IssuedAt, issued.Consumer.ExpiresAt, Revoked: false);
        await _store.WriteAsync(
            db => db.Execute(
                "INSERT INTO minted_tokens (jti, account, consumer, issued_ts, expires_ts) VALUES ($1, $2, $3, $4, $5)",
                minted.TokenId, accountId, minted.ConsumerId, minted.IssuedAt.ToUnixTimeMilliseconds(), minted.ExpiresAt.ToUnixTimeMilliseconds()),
            () => _minted.Set(minted.TokenId, minted));
        return issued;
    }

    /// <summary>The tokens that operators made and that have not expired, newest first.</summary>
    public IReadOnlyList<MintedToken> Minted(string accountId) =>
    [
        .. _minted.Rows.Values
            .Where(token => token.AccountId == accountId && token.ExpiresAt > _time.GetUtcNow())
            .Select(token => token with { Revoked = IsTakenBack(accountId, token.ConsumerId, token.TokenId, token.IssuedAt) })
            .OrderByDescending(token => token.IssuedAt),
    ];

    /// <summary>Whom a token names, if this server signed it for the account and it is valid now.</summary>
    public TokenValidation Validate(string accountId, string jwt)
    {
        if (_own.Verify(jwt, Audience(accountId), out var token) is not TokenFailure.None and var failure)
        {
            return new(null, failure) { IsAnonymous = token is not null && IsAnonymous(token) };
        }

        if (_accounts.Find(accountId) is null)
        {
            return new(null, TokenFailure.WrongAccount);
        }

        var consumer = new ConsumerIdentity(accountId, token.Subject, token.Id, token.ValidTo, IsAnonymous(token))
        {
            IssuedAt = new DateTimeOffset(token.IssuedAt, TimeSpan.Zero),
            SteppedUpFrom = token.TryGetPayloadValue(StepUp, out string? from) ? from : null,
        };
        return IsRevoked(consumer) ? new(null, TokenFailure.Revoked) { IsAnonymous = consumer.IsAnonymous } : new(consumer, TokenFailure.None);
    }

    /// <summary>The same; a key or an account that is not known here is looked for among those that came up on other nodes just now.</summary>
    /// <exception cref="System.Data.Common.DbException">It is not known here, and the store cannot be asked.</exception>
    public async ValueTask<TokenValidation> ValidateAsync(string accountId, string jwt)
    {
        var validation = Validate(accountId, jwt);
        return validation.Failure is TokenFailure.BadSignature or TokenFailure.WrongAccount && await _store.CatchUpAsync() ? Validate(accountId, jwt) : validation;
    }

    /// <summary>Whether a consumer's token, all of his tokens, or all of his account was taken back after it was validated.</summary>
    public bool IsRevoked(ConsumerIdentity consumer) =>
        _accounts.Find(consumer.AccountId) is null || IsTakenBack(consumer.AccountId, consumer.ConsumerId, consumer.TokenId, consumer.IssuedAt);

    /// <summary>Takes a token back for good; open sockets that use it are closed.</summary>
    public Task RevokeAsync(string accountId, string tokenId) => _revocations.RevokeTokenAsync(accountId, tokenId);

    /// <summary>Takes back all that a consumer has got until now, the right to renew an anonymous identity too; his sockets are closed.</summary>
    public Task RevokeConsumerAsync(string accountId, string consumerId) => _revocations.RevokeConsumerAsync(accountId, consumerId);

    private IssuedToken Issue(string accountId, string? consumerId, TimeSpan? lifetime, DateTimeOffset issuedAt)
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

        var expiresAt = issuedAt + (lifetime is { } asked && asked < Lifetime ? asked : Lifetime);
        var (jwt, tokenId) = _own.Sign(consumerId, Audience(accountId), issuedAt, expiresAt);
        return new IssuedToken(jwt, new ConsumerIdentity(accountId, consumerId, tokenId, expiresAt, IsAnonymous: true) { IssuedAt = issuedAt });
    }

    private static string Audience(string accountId) => $"acc:{accountId}";

    private static bool IsAnonymous(JsonWebToken token) => !token.TryGetPayloadValue<object>(External, out _);

    private bool IsTakenBack(string accountId, string consumerId, string tokenId, DateTimeOffset issuedAt) =>
        _revocations.IsTokenRevoked(accountId, tokenId) || _revocations.IsConsumerRevoked(accountId, consumerId, issuedAt);
}
