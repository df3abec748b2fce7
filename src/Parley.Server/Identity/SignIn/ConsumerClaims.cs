using System.Text.Json;
using Parley.Server.Storage;

namespace Parley.Server.Identity.SignIn;

/// <summary>What identity providers said of consumers when they last signed in.</summary>
public sealed class ConsumerClaims
{
    private readonly IAccountStore _store;
    private readonly TimeProvider _time;

    internal ConsumerClaims(IAccountStore store, TimeProvider time) => (_store, _time) = (store, time);

    /// <summary>The consumer's claims, or null when no provider ever vouched for him.</summary>
    public async Task<ExternalIdentity?> FindAsync(string accountId, string consumerId) =>
        await JsonAsync(accountId, consumerId) is { } json ? JsonSerializer.Deserialize(json, IdentityJson.Default.ExternalIdentity) : null;

    /// <summary>Replaces what was known of him; nothing is written when it is the same.</summary>
    internal Task StoreAsync(string accountId, string consumerId, ExternalIdentity who) => _store.WriteAsync(
        db => db.Execute(
            """
            INSERT INTO consumer_claims (account, consumer, claims, updated_ts) VALUES ($1, $2, $3, $4)
            ON CONFLICT (account, consumer) DO UPDATE SET claims = excluded.claims, updated_ts = excluded.updated_ts WHERE consumer_claims.claims <> excluded.claims
            """,
            accountId, consumerId, JsonSerializer.Serialize(who, IdentityJson.Default.ExternalIdentity), _time.GetUtcNow().ToUnixTimeMilliseconds()),
        () => { });

    /// <summary>The same as the JSON object that is stored.</summary>
    internal Task<string?> JsonAsync(string accountId, string consumerId) => _store.ReadAsync(
        db => (string?)db.Scalar("SELECT claims FROM consumer_claims WHERE account = $1 AND consumer = $2", accountId, consumerId));
}
