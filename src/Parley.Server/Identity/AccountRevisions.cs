using Parley.Server.Storage;

namespace Parley.Server.Identity;

/// <summary>The revisions of all accounts; they survive a restart, so that what clients keep never seems current by mistake.</summary>
public sealed class AccountRevisions
{
    private readonly IAccountStore _store;
    private readonly TimeProvider _time;
    private readonly CachedTable<string, AccountRevision> _table;

    internal AccountRevisions(IAccountStore store, TimeProvider time)
    {
        (_store, _time) = (store, time);
        _table = new(
            "account_revisions", "SELECT account, revision, joined_ts, changed_ts FROM account_revisions", ["account"], key => key[0],
            row => KeyValuePair.Create(row.GetString(0), new AccountRevision(row.GetInt64(1), row.GetInt64(2), row.GetInt64(3))))
        {
            Changed = (accountId, before, after) =>
            {
                if (after != before) Changed?.Invoke(accountId);
            },
        };
    }

    /// <summary>Something that operators decide of an account, its agents or its skills has changed.</summary>
    public event Action<string>? Changed;

    /// <summary>The revision now. Whoever tells it together with what it counts asks for it first: then it is never too new.</summary>
    public AccountRevision Of(string accountId) => _table.Rows.GetValueOrDefault(accountId, AccountRevision.First);

    /// <summary>Loads them; after all that they count, so that none is ever newer than that.</summary>
    internal void Load() => _store.Follow(_table);

    /// <summary>As <see cref="IAccountStore.WriteAsync"/>; the same transaction raises the account's revision, or begins it.</summary>
    internal Task WriteAsync(string accountId, Action<Statements> write, Action publish, bool isNew = false)
    {
        AccountRevision next = null!;
        return _store.WriteAsync(
            db =>
            {
                write(db);
                var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
                next = isNew ? new(1, now, now) : Of(accountId) with { Number = Of(accountId).Number + 1, ChangedTs = now };
                db.Execute(
                    """
                    INSERT INTO account_revisions (account, revision, joined_ts, changed_ts) VALUES ($1, $2, $3, $4)
                    ON CONFLICT (account) DO UPDATE SET revision = excluded.revision, joined_ts = excluded.joined_ts, changed_ts = excluded.changed_ts
                    """,
                    accountId, next.Number, next.JoinedTs, next.ChangedTs);
            },
            () =>
            {
                publish();
                _table.Set(accountId, next);
            });
    }
}
