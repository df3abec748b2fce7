using System.Collections.Concurrent;
using Parley.Server.Storage;

namespace Parley.Server.Identity;

/// <summary>The logins of agents; they survive a restart.</summary>
public sealed class AgentSessions
{
    private readonly IAccountStore _store;
    private readonly Accounts _accounts;
    private readonly AgentDirectory _agents;
    private readonly TimeProvider _time;
    private readonly CachedTable<string, AgentSession> _byBearerHash;
    private readonly ConcurrentDictionary<string, AgentSession> _byCookieHash = new();
    private long _nextPurgeTs;

    internal AgentSessions(IAccountStore store, Accounts accounts, AgentDirectory agents, IdentityEvents events, TimeSpan lifetime, TimeProvider time)
    {
        (_store, _accounts, _agents, Lifetime, _time) = (store, accounts, agents, lifetime, time);
        _byBearerHash = new(
            "sessions", "SELECT s.id, a.account, s.pid, s.bearer_hash, s.csrf_hash, s.cookie_hash, s.expires_ts FROM sessions s JOIN agents a USING (pid)",
            ["bearer_hash"], key => key[0],
            row => KeyValuePair.Create(row.GetString(3), new AgentSession(
                agents, row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetInt64(6))))
        {
            Merge = (session, read) =>
            {
                session.Extend(read.ExpiresAt.ToUnixTimeMilliseconds());
                return session;
            },
            Changed = (hash, before, after) =>
            {
                if (after is not null)
                {
                    _byCookieHash[after.CookieHash] = after;
                    return;
                }

                _byCookieHash.TryRemove(before!.CookieHash, out _);
                if (before.ExpiresAt > _time.GetUtcNow()) events.Raise(new Revocation(RevocationKind.SessionEnded, before.AccountId, before.Id));
            },
        };
        store.Follow(_byBearerHash);
    }

    /// <summary>How long a session lives after its login or last refresh.</summary>
    public TimeSpan Lifetime { get; }

    private long NowTs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The session that a bearer opens, or null: unknown, of another account, expired, or its agent or account is disabled.</summary>
    public AgentSession? FindByBearer(string accountId, string bearer) =>
        Usable(accountId, _byBearerHash.Rows.GetValueOrDefault(Secrets.Hash(bearer)));

    /// <summary>The same; who is not known here is looked for among those who have just logged in on other nodes.</summary>
    /// <exception cref="System.Data.Common.DbException">He is not known here, and the store cannot be asked.</exception>
    public async ValueTask<AgentSession?> FindByBearerAsync(string accountId, string bearer) =>
        FindByBearer(accountId, bearer) ?? (await _store.CatchUpAsync() ? FindByBearer(accountId, bearer) : null);

    internal async Task<(AgentSession Session, SessionSecrets Secrets)> OpenAsync(AgentProfile agent)
    {
        var secrets = new SessionSecrets(Secrets.NewHex(), Secrets.NewHex(), Secrets.NewHex());
        var now = NowTs;
        var session = new AgentSession(
            _agents, Guid.NewGuid().ToString(), agent.AccountId, agent.Pid,
            Secrets.Hash(secrets.Bearer), Secrets.Hash(secrets.Csrf), Secrets.Hash(secrets.Cookie), now + (long)Lifetime.TotalMilliseconds);
        var purge = now >= _nextPurgeTs;
        await _store.WriteAsync(
            db =>
            {
                if (purge)
                {
                    db.Execute("DELETE FROM sessions WHERE expires_ts <= $1", now);
                }

                db.Execute(
                    "INSERT INTO sessions (id, pid, bearer_hash, csrf_hash, cookie_hash, expires_ts) VALUES ($1, $2, $3, $4, $5, $6)",
                    session.Id, session.Pid, session.BearerHash, session.CsrfHash, session.CookieHash, session.ExpiresAt.ToUnixTimeMilliseconds());
            },
            () =>
            {
                if (purge)
                {
                    Purge(now);
                }

                _byBearerHash.Set(session.BearerHash, session);
            });
        return (session, secrets);
    }

    /// <summary>The live session of a bearer, else of a cookie, if the csrf token is its; or null.</summary>
    /// <inheritdoc cref="FindByBearerAsync" path="/exception"/>
    internal async ValueTask<AgentSession?> FindAsync(string accountId, string? bearer, string? cookie, string csrf) =>
        Find(accountId, bearer, cookie, csrf) ?? (await _store.CatchUpAsync() ? Find(accountId, bearer, cookie, csrf) : null);

    private AgentSession? Find(string accountId, string? bearer, string? cookie, string csrf) =>
        (FindByBearer(accountId, bearer ?? "") ?? Usable(accountId, _byCookieHash.GetValueOrDefault(Secrets.Hash(cookie ?? "")))) is { } session
        && Secrets.Matches(csrf, session.CsrfHash) ? session : null;

    /// <summary>Gives a session another lifetime.</summary>
    /// <returns>Whether it is alive.</returns>
    internal async Task<bool> RefreshAsync(AgentSession session)
    {
        var expiresTs = NowTs + (long)Lifetime.TotalMilliseconds;
        var alive = false;
        await _store.WriteAsync(
            db => alive = db.Execute("UPDATE sessions SET expires_ts = $2 WHERE id = $1", session.Id, expiresTs) == 1,
            () => session.Extend(expiresTs));
        return alive;
    }

    internal Task EndAsync(AgentSession session) => EndAsync(() => [session]);

    /// <summary>Ends every session of an agent.</summary>
    internal Task EndAllAsync(AgentProfile agent) => EndAsync(() => [.. _byBearerHash.Rows.Values.Where(session => session.Pid == agent.Pid)]);

    private AgentSession? Usable(string accountId, AgentSession? session) =>
        session is not null && session.AccountId == accountId && session.ExpiresAt > _time.GetUtcNow()
        && session.Agent.Enabled && _accounts.Find(accountId) is not null
            ? session
            : null;

    // Which they are is asked while nobody else opens one.
    private Task EndAsync(Func<AgentSession[]> which)
    {
        AgentSession[] sessions = [];
        return _store.WriteAsync(
            db =>
            {
                sessions = which();
                foreach (var session in sessions)
                {
                    db.Execute("DELETE FROM sessions WHERE id = $1", session.Id);
                }
            },
            () => Array.ForEach(sessions, session => _byBearerHash.Remove(session.BearerHash)));
    }

    private void Purge(long now)
    {
        _nextPurgeTs = now + (long)TimeSpan.FromHours(1).TotalMilliseconds;
        foreach (var session in _byBearerHash.Rows.Values.Where(session => session.ExpiresAt.ToUnixTimeMilliseconds() <= now))
        {
            _byBearerHash.Remove(session.BearerHash);
        }
    }
}
