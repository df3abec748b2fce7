using System.Text;
using System.Text.Json.Nodes;
using Parley.Server.Identity.SignIn;
using Parley.Server.Storage;

namespace Parley.Server.Identity;

/// <summary>
/// What consumers say of themselves (protocol 13). Read from the store each time: there are many and few are asked for.
/// </summary>
public sealed class ConsumerProfiles
{
    /// <summary>The largest stored profile, bytes.</summary>
    public const int Largest = 32 * 1024;

    private readonly IAccountStore _store;
    private readonly TimeProvider _time;
    private readonly ConsumerClaims _claims;

    internal ConsumerProfiles(IAccountStore store, ConsumerClaims claims, TimeProvider time) => (_store, _claims, _time) = (store, claims, time);

    /// <summary>What he said, or null when he said nothing. Sees every change that was asked for before it.</summary>
    /// <exception cref="System.Data.Common.DbException">The store cannot be read now.</exception>
    internal Task<JsonObject?> FindAsync(string accountId, string consumerId) => _store.ReadAsync(db => Read(db, accountId, consumerId));

    /// <summary>What the identity provider said of him, or null.</summary>
    internal async Task<JsonObject?> FindClaimsAsync(string accountId, string consumerId) =>
        await _claims.JsonAsync(accountId, consumerId) is { } claims ? JsonNode.Parse(claims) as JsonObject : null;

    /// <summary>Merges members into his profile (RFC 7396): those given replace those stored, null takes away, others stay.</summary>
    /// <returns>False when it would become too large; then nothing has changed.</returns>
    /// <exception cref="System.Data.Common.DbException">Nothing was stored.</exception>
    internal async Task<bool> ChangeAsync(string accountId, string consumerId, JsonObject change)
    {
        var fits = true;
        await _store.WriteAsync(
            db =>
            {
                var profile = Read(db, accountId, consumerId) ?? [];
                Merge(profile, change);
                var json = profile.ToJsonString();
                fits = Encoding.UTF8.GetByteCount(json) <= Largest;
                if (fits)
                {
                    db.Execute(
                        """
                        INSERT INTO profiles (account, consumer, profile, updated_ts) VALUES ($1, $2, $3, $4)
                        ON CONFLICT (account, consumer) DO UPDATE SET profile = excluded.profile, updated_ts = excluded.updated_ts
                        """,
                        accountId, consumerId, json, _time.GetUtcNow().ToUnixTimeMilliseconds());
                }
            },
            static () => { });
        return fits;
    }

    private static JsonObject? Read(Statements db, string accountId, string consumerId) =>
        db.Scalar("SELECT profile FROM profiles WHERE account = $1 AND consumer = $2", accountId, consumerId) is string json
            ? JsonNode.Parse(json)!.AsObject()
            : null;

    private static void Merge(JsonObject into, JsonObject change)
    {
        foreach (var (name, value) in change)
        {
            if (value is null)
            {
                into.Remove(name);
            }
            else if (value is JsonObject inner)
            {
                if (into[name] is not JsonObject)
                {
                    into[name] = new JsonObject();
                }

                Merge(into[name]!.AsObject(), inner);
            }
            else
            {
                into[name] = value.DeepClone();
            }
        }
    }
}
