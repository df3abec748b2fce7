using Parley.Server.Storage;

namespace Parley.Server.Identity;

/// <summary>Tokens of consumers that were taken back, one by one or all of a consumer's; for good, also across restarts.</summary>
internal sealed class Revocations
{
    private readonly IAccountStore _store;
    private readonly TimeProvider _time;
    private readonly CachedTable<(string AccountId, string TokenId), long> _tokens;
    private readonly CachedTable<(string AccountId, string ConsumerId), long> _consumers;

    public Revocations(IAccountStore store, IdentityEvents events, TimeProvider time)
    {
        (_store, _time) = (store, time);
        _tokens = Table("revoked_tokens", "jti", RevocationKind.TokenRevoked);
        _consumers = Table("revoked_consumers", "consumer", RevocationKind.ConsumerRevoked);

        CachedTable<(string AccountId, string Id), long> Table(string name, string id, RevocationKind kind)
        {
            var table = new CachedTable<(string AccountId, string Id), long>(
                name, $"SELECT account, {id}, revoked_ts FROM {name}", ["account", id], key => (key[0], key[1]),
                row => KeyValuePair.Create((row.GetString(0), row.GetString(1)), row.GetInt64(2)))
            {
                Changed = (key, before, after) =>
                {
                    if (after > before) events.Raise(new Revocation(kind, key.AccountId, key.Id));
                },
            };
            store.Follow(table);
            return table;
        }
    }

    private long NowTs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    public bool IsTokenRevoked(string accountId, string tokenId) => _tokens.Rows.ContainsKey((accountId, tokenId));

    /// <summary>Whether what a consumer got at this time was taken back; claims tell whole seconds, so the second of the revocation counts.</summary>
    public bool IsConsumerRevoked(string accountId, string consumerId, DateTimeOffset issuedAt) =>
        _consumers.Rows.TryGetValue((accountId, consumerId), out var revokedTs) && issuedAt.ToUnixTimeMilliseconds() <= revokedTs;

    /// <summary>This second, or the one after the consumer's revocation: an operator who revokes and mints at once must not get a void token.</summary>
    public DateTimeOffset FirstNotRevoked(string accountId, string? consumerId, DateTimeOffset now) =>
        consumerId is not null && IsConsumerRevoked(accountId, consumerId, now) ? now.AddSeconds(1) : now;

    /// <summary>Takes one token back; open sockets that use it are closed.</summary>
    public Task RevokeTokenAsync(string accountId, string tokenId) => RevokeAsync(
        _tokens, accountId, tokenId, "INSERT INTO revoked_tokens (account, jti, revoked_ts) VALUES ($1, $2, $3) ON CONFLICT (account, jti) DO NOTHING");

    /// <summary>Takes back whatever a consumer has got until now; all his sockets are closed.</summary>
    public Task RevokeConsumerAsync(string accountId, string consumerId) => RevokeAsync(
        _consumers, accountId, consumerId,
        """
        INSERT INTO revoked_consumers (account, consumer, revoked_ts) VALUES ($1, $2, $3)
        ON CONFLICT (account, consumer) DO UPDATE SET revoked_ts = excluded.revoked_ts WHERE excluded.revoked_ts > revoked_consumers.revoked_ts
        """);

    private Task RevokeAsync(CachedTable<(string AccountId, string Id), long> table, string accountId, string id, string sql)
    {
        var now = NowTs;
        return _store.WriteAsync(
            db => db.Execute(sql, accountId, id, now),
            () => table.Set((accountId, id), Math.Max(now, table.Rows.GetValueOrDefault((accountId, id)))));
    }
}
