using Parley.Server.Storage;

namespace Parley.Server.Identity.Saml;

/// <summary>Assertions that logged somebody in, kept until they have expired; also across restarts.</summary>
internal sealed class UsedAssertions(IAccountStore store, TimeProvider time)
{
    // One that is being judged while it expires must not be forgotten meanwhile.
    private static readonly TimeSpan Longer = TimeSpan.FromMinutes(5);

    /// <summary>Uses it up, durably.</summary>
    /// <returns>Whether it was not used before.</returns>
    public async Task<bool> TryUseAsync(string accountId, SamlProof proof)
    {
        var isFirst = false;
        var now = time.GetUtcNow();
        await store.WriteAsync(
            db =>
            {
                db.Execute("DELETE FROM used_assertions WHERE expires_ts <= $1", now.ToUnixTimeMilliseconds());
                isFirst = db.Execute(
                    "INSERT INTO used_assertions (account, id_hash, expires_ts) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                    accountId, proof.Id, (proof.ExpiresAt + Longer).ToUnixTimeMilliseconds()) == 1;
            },
            () => { });
        return isFirst;
    }
}
