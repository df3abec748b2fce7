namespace Parley.Server.Identity;

/// <summary>An agent's login. The same object lives as long as the session, so that its members are always current.</summary>
public sealed class AgentSession
{
    private readonly AgentDirectory _directory;
    private long _expiresTs;

    internal AgentSession(AgentDirectory directory, string id, string accountId, string pid, string bearerHash, string csrfHash, string cookieHash, long expiresTs)
    {
        (_directory, Id, AccountId, Pid, BearerHash, CsrfHash, CookieHash, _expiresTs) =
            (directory, id, accountId, pid, bearerHash, csrfHash, cookieHash, expiresTs);
    }

    /// <summary>Names the session in <see cref="Revocation.Id"/>; no secret.</summary>
    public string Id { get; }

    public string AccountId { get; }

    /// <summary>Who logged in, as he is now.</summary>
    public AgentProfile Agent => _directory.Find(AccountId, Pid)!;

    /// <summary>Moves forward with every refresh.</summary>
    public DateTimeOffset ExpiresAt => DateTimeOffset.FromUnixTimeMilliseconds(Volatile.Read(ref _expiresTs));

    internal string Pid { get; }
    internal string BearerHash { get; }
    internal string CsrfHash { get; }
    internal string CookieHash { get; }

    internal void Extend(long expiresTs) => Volatile.Write(ref _expiresTs, expiresTs);
}
