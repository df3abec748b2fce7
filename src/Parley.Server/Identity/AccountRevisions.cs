using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Parley.Server.Identity;

/// <summary>The revisions of all accounts; they survive a restart, so that what clients keep never seems current by mistake.</summary>
public sealed class AccountRevisions
{
    private readonly AccountStore _store;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, AccountRevision> _byAccount;

    internal AccountRevisions(AccountStore store, TimeProvider time)
    {
        (_store, _time) = (store, time);
        _byAccount = new(store.Load(
            "SELECT account, revision, joined_ts, changed_ts FROM account_revisions",
            row => KeyValuePair.Create(row.GetString(0), new AccountRevision(row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)))));
    }

    /// <summary>Something that operators decide of an account, its agents or its skills has changed.</summary>
    public event Action<string>? Changed;

    /// <summary>The revision now. Whoever tells it together with what it counts asks for it first: then it is never too new.</summary>
    public AccountRevision Of(string accountId) => _byAccount.GetValueOrDefault(accountId, AccountRevision.First);

    /// <summary>As <see cref="AccountStore.WriteAsync"/>; the same transaction raises the account's revision, or begins it.</summary>
    internal Task WriteAsync(string accountId, Action<SqliteConnection> write, Action publish, bool isNew = false)
    {
        AccountRevision next = null!;
        return _store.WriteAsync(
            db =>
            {
                write(db);
                var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
                next = isNew ? new(1, now, now) : Of(accountId) with { Number = Of(accountId).Number + 1, ChangedTs = now };
                db.Execute(
                    "INSERT OR REPLACE INTO account_revisions (account, revision, joined_ts, changed_ts) VALUES ($1, $2, $3, $4)",
                    accountId, next.Number, next.JoinedTs, next.ChangedTs);
            },
            () =>
            {
                publish();
                _byAccount[accountId] = next;
                Changed?.Invoke(accountId);
            });
    }
}
