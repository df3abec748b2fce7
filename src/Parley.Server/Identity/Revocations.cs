using System.Collections.Concurrent;

namespace Parley.Server.Identity;

/// <summary>Tokens of consumers that were taken back, one by one or all of a consumer's; for good, also across restarts.</summary>
internal sealed class Revocations
{
    private readonly AccountStore _store;
    private readonly IdentityEvents _events;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<(string AccountId, string TokenId), byte> _tokens;
    private readonly ConcurrentDictionary<(string AccountId, string ConsumerId), long> _consumers;

    public Revocations(AccountStore store, IdentityEvents events, TimeProvider time)
    {
        (_store, _events, _time) = (store, events, time);
        _tokens = new(store.Load(
            "SELECT account, jti FROM revoked_tokens", row => KeyValuePair.Create((row.GetString(0), row.GetString(1)), (byte)0)));
        _consumers = new(store.Load(
            "SELECT account, consumer, revoked_ts FROM revoked_consumers",
            row => KeyValuePair.Create((row.GetString(0), row.GetString(1)), row.GetInt64(2))));
    }

    private long NowTs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    public bool IsTokenRevoked(string accountId, string tokenId) => _tokens.ContainsKey((accountId, tokenId));

    /// <summary>Whether what a consumer got at this time was taken back; claims tell whole seconds, so the second of the revocation counts.</summary>
    public bool IsConsumerRevoked(string accountId, string consumerId, DateTimeOffset issuedAt) =>
        _consumers.TryGetValue((accountId, consumerId), out var revokedTs) && issuedAt.ToUnixTimeMilliseconds() <= revokedTs;

    /// <summary>This second, or the one after the consumer's revocation: an operator who revokes and mints at once must not get a void token.</summary>
    public DateTimeOffset FirstNotRevoked(string accountId, string? consumerId, DateTimeOffset now) =>
        consumerId is not null && IsConsumerRevoked(accountId, consumerId, now) ? now.AddSeconds(1) : now;

    /// <summary>Takes one token back; open sockets that use it are closed.</summary>
    public async Task RevokeTokenAsync(string accountId, string tokenId)
    {
        await _store.WriteAsync(
            db => db.Execute(
                "INSERT INTO revoked_tokens (account, jti, revoked_ts) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", accountId, tokenId, NowTs),
            () => _tokens[(accountId, tokenId)] = 0);
        _events.Raise(new Revocation(RevocationKind.TokenRevoked, accountId, tokenId));
    }

    /// <summary>Takes back whatever a consumer has got until now; all his sockets are closed.</summary>
    public async Task RevokeConsumerAsync(string accountId, string consumerId)
    {
        var now = NowTs;
        await _store.WriteAsync(
            db => db.Execute(
                """
                INSERT INTO revoked_consumers (account, consumer, revoked_ts) VALUES ($1, $2, $3)
                ON CONFLICT DO UPDATE SET revoked_ts = max(revoked_ts, excluded.revoked_ts)
                """,
                accountId, consumerId, now),
            () => _consumers.AddOrUpdate((accountId, consumerId), now, (_, before) => Math.Max(before, now)));
        _events.Raise(new Revocation(RevocationKind.ConsumerRevoked, accountId, consumerId));
    }
}
