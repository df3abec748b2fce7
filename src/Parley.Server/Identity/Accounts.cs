using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Parley.Server.Identity;

/// <summary>The accounts of this installation.</summary>
public sealed partial class Accounts
{
    private readonly AccountRevisions _revisions;
    private readonly IdentityEvents _events;
    private readonly ConcurrentDictionary<string, Account> _byId;

    internal Accounts(AccountStore store, AccountRevisions revisions, IdentityEvents events)
    {
        (_revisions, _events) = (revisions, events);
        _byId = new(store.Load(
            "SELECT id, settings, enabled FROM accounts",
            row => KeyValuePair.Create(row.GetString(0), new Account(
                row.GetString(0),
                JsonSerializer.Deserialize(row.GetString(1), IdentityJson.Default.AccountSettings) ?? AccountSettings.Default,
                row.GetBoolean(2)))));
    }

    /// <summary>All accounts, disabled ones included.</summary>
    public IEnumerable<Account> All => _byId.Values.OrderBy(account => account.Id, StringComparer.Ordinal);

    /// <summary>Whether an id is one the protocol allows (ch. 2).</summary>
    public static bool IsValidId([NotNullWhen(true)] string? id) => id is not null && ValidId.IsMatch(id);

    /// <summary>The account, or null when there is none or it is disabled.</summary>
    public Account? Find(string accountId) => _byId.GetValueOrDefault(accountId) is { Enabled: true } account ? account : null;

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
                if (_byId.ContainsKey(accountId))
                {
                    throw new RefusedException($"Account {accountId} exists already.");
                }

                db.Execute(
                    "INSERT INTO accounts (id, settings, enabled) VALUES ($1, $2, 1)",
                    accountId, JsonSerializer.Serialize(account.Settings, IdentityJson.Default.AccountSettings));
            },
            () => _byId[accountId] = account,
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
    public async Task DisableAsync(string accountId)
    {
        await ReplaceAsync(accountId, account => account with { Enabled = false });
        _events.Raise(new Revocation(RevocationKind.AccountDisabled, accountId, accountId));
    }

    private async Task ReplaceAsync(string accountId, Func<Account, Account> change)
    {
        Account? changed = null;
        await _revisions.WriteAsync(
            accountId,
            db =>
            {
                changed = change(_byId.GetValueOrDefault(accountId) ?? throw new RefusedException($"There is no account {accountId}."));
                db.Execute(
                    "UPDATE accounts SET settings = $2, enabled = $3 WHERE id = $1",
                    accountId, JsonSerializer.Serialize(changed.Settings, IdentityJson.Default.AccountSettings), changed.Enabled);
            },
            () => _byId[accountId] = changed!);
    }

    [GeneratedRegex(@"^[a-zA-Z0-9_]{1,20}\z")]
    private static partial Regex ValidId { get; }
}
