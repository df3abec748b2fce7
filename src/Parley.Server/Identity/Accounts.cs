using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.RegularExpressions;
using Parley.Server.Storage;

namespace Parley.Server.Identity;

/// <summary>The accounts of this installation.</summary>
public sealed partial class Accounts
{
    private readonly IAccountStore _store;
    private readonly AccountRevisions _revisions;
    private readonly CachedTable<string, Account> _table;

    internal Accounts(IAccountStore store, AccountRevisions revisions, IdentityEvents events)
    {
        (_store, _revisions) = (store, revisions);
        _table = new("accounts", "SELECT id, settings, enabled FROM accounts", ["id"], key => key[0], row => KeyValuePair.Create(row.GetString(0), new Account(
            row.GetString(0),
            JsonSerializer.Deserialize(row.GetString(1), IdentityJson.Default.AccountSettings) ?? AccountSettings.Default,
            row.GetBoolean(2))))
        {
            Changed = (id, before, after) =>
            {
                if (before is { Enabled: true } && after is not { Enabled: true }) events.Raise(new Revocation(RevocationKind.AccountDisabled, id, id));
            },
        };
        store.Follow(_table);
    }

    /// <summary>All accounts, disabled ones included.</summary>
    public IEnumerable<Account> All => _table.Rows.Values.OrderBy(account => account.Id, StringComparer.Ordinal);

    /// <summary>Whether an id is one the protocol allows (ch. 2).</summary>
    public static bool IsValidId([NotNullWhen(true)] string? id) => id is not null && ValidId.IsMatch(id);

    /// <summary>The account, or null when there is none or it is disabled.</summary>
    public Account? Find(string accountId) => _table.Rows.GetValueOrDefault(accountId) is { Enabled: true } account ? account : null;

    /// <summary>The same; one that is not known here is looked for among those that other nodes have just added.</summary>
    /// <exception cref="System.Data.Common.DbException">It is not known here, and the store cannot be asked.</exception>
    internal async ValueTask<Account?> FindAsync(string accountId) => Find(accountId) ?? (await _store.CatchUpAsync() ? Find(accountId) : null);

    /// <exception cref="RefusedException">The id is not allowed or taken.</exception>
    public async Task<Account> AddAsync(string accountId, AccountSettings? settings = null)
    {
        if (!IsValidId(accountId))
        {
            throw new RefusedException("An account id has 1 to 20 letters, digits or underscores.");
        }

        var account = new Account(accountId, settings ?? AccountSettings.Default, Enabled: true);
        await _revisions.WriteAsync(
            accountId,
            db =>
            {
                if (_table.Rows.ContainsKey(accountId))
                {
                    throw new RefusedException($"Account {accountId} exists already.");
                }

                db.Execute(
                    "INSERT INTO accounts (id, settings, enabled) VALUES ($1, $2, $3)",
                    accountId, JsonSerializer.Serialize(account.Settings, IdentityJson.Default.AccountSettings), account.Enabled);
            },
            () => _table.Set(accountId, account),
            isNew: true);
        return account;
    }

    /// <summary>Replaces what the account decides for itself.</summary>
    /// <exception cref="RefusedException">No such account.</exception>
    public Task ChangeSettingsAsync(string accountId, AccountSettings settings) => ReplaceAsync(
        accountId,
        account => account with { Settings = settings });

    /// <summary>Changes what the account decides for itself; nobody else changes it meanwhile.</summary>
    /// <exception cref="RefusedException">No such account, or the change makes no sense.</exception>
    internal Task ChangeSettingsAsync(string accountId, Func<AccountSettings, AccountSettings> change) => ReplaceAsync(
        accountId,
        account => account with { Settings = change(account.Settings) });

    /// <summary>Makes the account unknown to everybody but operators; its sockets are closed.</summary>
    /// <exception cref="RefusedException">No such account.</exception>
    public Task DisableAsync(string accountId) => ReplaceAsync(accountId, account => account with { Enabled = false });

    private async Task ReplaceAsync(string accountId, Func<Account, Account> change)
    {
        Account? changed = null;
        await _revisions.WriteAsync(
            accountId,
            db =>
            {
                changed = change(_table.Rows.GetValueOrDefault(accountId) ?? throw new RefusedException($"There is no account {accountId}."));
                db.Execute(
                    "UPDATE accounts SET settings = $2, enabled = $3 WHERE id = $1",
                    accountId, JsonSerializer.Serialize(changed.Settings, IdentityJson.Default.AccountSettings), changed.Enabled);
            },
            () => _table.Set(accountId, changed!));
    }

    [GeneratedRegex(@"^[a-zA-Z0-9_]{1,20}\z")]
    private static partial Regex ValidId { get; }
}
