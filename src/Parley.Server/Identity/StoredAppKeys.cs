namespace Parley.Server.Identity;

internal sealed record StoredAppKeys(string Pid, string AppKeyHash, string SecretHash, string AccessTokenSecretHash)
{
    public bool Match(AppKeys keys) =>
        Secrets.Matches(keys.AppKey, AppKeyHash)
        & Secrets.Matches(keys.Secret, SecretHash)
        & Secrets.Matches(keys.AccessTokenSecret, AccessTokenSecretHash);
}
