using System.Collections.Immutable;
using Parley.Server.Storage;

namespace Parley.Server.Identity;

/// <summary>The keys tokens are signed with. Rotation takes effect at once; retired keys verify until their tokens have expired.</summary>
public sealed class SigningKeys : IFollowedTable
{
    private readonly IAccountStore _store;
    private readonly TimeProvider _time;
    private readonly TimeSpan _longestToken;
    private ImmutableDictionary<string, SigningKey> _keys = ImmutableDictionary<string, SigningKey>.Empty;

    internal SigningKeys(IAccountStore store, TimeSpan longestToken, TimeProvider time)
    {
        (_store, _longestToken, _time) = (store, longestToken, time);
        store.Follow(this);
    }

    /// <summary>The key in use, or null before the first <see cref="RotateAsync"/>.</summary>
    internal SigningKey? Current => _keys.Values.FirstOrDefault(key => key.VerifyUntil is null);

    /// <summary>What may verify, the key in use first: two made in the same millisecond have no other order.</summary>
    internal IEnumerable<SigningKey> Trusted => _keys.Values.Where(IsTrusted).OrderBy(key => key.VerifyUntil is not null).ThenByDescending(key => key.CreatedAt);

    /// <summary>The key with this id if it may still verify.</summary>
    internal SigningKey? Find(string? kid) => kid is not null && _keys.GetValueOrDefault(kid) is { } key && IsTrusted(key) ? key : null;

    string IFollowedTable.Name => "signing_keys";

    /// <summary>Signs with a new key from now on.</summary>
    /// <returns>The new key's id.</returns>
    public Task<string> RotateAsync(TokenAlgorithm algorithm) => UseNewAsync(algorithm, evenIfOfThatKind: true);

    /// <summary>Sees to it that the key in use is one of this algorithm.</summary>
    internal Task EnsureAsync(TokenAlgorithm algorithm) => Current?.Algorithm == algorithm ? Task.CompletedTask : UseNewAsync(algorithm, evenIfOfThatKind: false);

    internal PublicKeySet ToPublicSet() => new([.. Trusted.Select(key => key.ToPublic())]);

    // All of them at once: there is no moment without one to sign with.
    Action IFollowedTable.Read(Statements db, IReadOnlyCollection<string[]>? keys)
    {
        var read = db.Query(
            "SELECT kid, algorithm, private_key, created_ts, verify_until_ts FROM signing_keys",
            row => SigningKey.Import(
                row.GetString(0), Enum.Parse<TokenAlgorithm>(row.GetString(1)), (byte[])row[2],
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)),
                row.IsDBNull(4) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)))).ToImmutableDictionary(key => key.Id);
        return () => _keys = read;
    }

    // Whether another process was quicker is asked while nobody else writes.
    private async Task<string> UseNewAsync(TokenAlgorithm algorithm, bool evenIfOfThatKind)
    {
        var now = _time.GetUtcNow();
        var created = SigningKey.Create(algorithm, now);
        var keys = _keys;
        await _store.WriteAsync(
            db =>
            {
                keys = _keys;
                if (!evenIfOfThatKind && Current?.Algorithm == algorithm) return;
                foreach (var expired in keys.Values.Where(key => !IsTrusted(key)))
                {
                    keys = keys.Remove(expired.Id);
                }

                if (Current is { } retiring)
                {
                    keys = keys.SetItem(retiring.Id, retiring.Retired(now + _longestToken));
                }

                keys = keys.Add(created.Id, created);
                db.Execute("DELETE FROM signing_keys");
                foreach (var key in keys.Values)
                {
                    db.Execute(
                        "INSERT INTO signing_keys (kid, algorithm, private_key, created_ts, verify_until_ts) VALUES ($1, $2, $3, $4, $5)",
                        key.Id, key.Algorithm.ToString(), key.ExportPrivateKey(), key.CreatedAt.ToUnixTimeMilliseconds(), key.VerifyUntil?.ToUnixTimeMilliseconds());
                }
            },
            () => _keys = keys);
        return created.Id;
    }

    private bool IsTrusted(SigningKey key) => key.VerifyUntil is not { } until || until > _time.GetUtcNow();
}
