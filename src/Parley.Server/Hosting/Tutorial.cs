using Parley.Server.Discovery;
using Parley.Server.Identity;
using Parley.Server.Site;

namespace Parley.Server.Hosting;

/// <summary>The account, the two agents and the consumer token that a new installation starts with and <c>lp.env</c> tells about.</summary>
internal sealed class Tutorial(DataFolder folder, IdentityServices identity, bool demo)
{
    private const string Account = "demo";
    private const string Agent = "agent1";
    private const string Manager = "manager1";

    private readonly Dictionary<string, string> _variables = new(EnvironmentFile.Read(folder.EnvironmentFile));

    /// <summary>Makes the first account if there is none. Of nodes that come to an empty store together one does, and tells its passwords in its folder.</summary>
    public Task ProvisionAsync() => identity.Accounts.All.Any() ? Task.CompletedTask : identity.AloneAsync(ProvisionAloneAsync);

    /// <summary>Writes <c>lp.env</c> for the bound listeners.</summary>
    /// <returns>The account it tells about, or null when every account is disabled.</returns>
    public string? Write(string address, string trustFile)
    {
        var account = identity.Accounts.Find(_variables.GetValueOrDefault("LP_ACCOUNT", Account))
            ?? identity.Accounts.All.FirstOrDefault(candidate => candidate.Enabled);
        if (account is null)
        {
            return null;
        }

        var jwt = _variables.GetValueOrDefault("LP_JWT") is { } earlier && identity.ConsumerTokens.Validate(account.Id, earlier).IsValid
            ? earlier
            : identity.ConsumerTokens.Issue(account.Id).Jwt;
        List<KeyValuePair<string, string>> lines =
        [
            new("LP_ACCOUNT", account.Id),
            new("LP_CSDS", address),
            .. Services.Names.Select(name => KeyValuePair.Create($"LP_{name.ToUpperInvariant()}", address)),
            new("LP_JWT", jwt),
        ];
        foreach (var name in (string[])["LP_USER", "LP_PASS", "LP_MANAGER_USER", "LP_MANAGER_PASS"])
        {
            if (_variables.TryGetValue(name, out var value))
            {
                lines.Add(new(name, value));
            }
        }

        if (EnvironmentFile.CanHold(trustFile))
        {
            lines.Add(new("NODE_EXTRA_CA_CERTS", trustFile));
        }

        EnvironmentFile.Write(folder.EnvironmentFile, lines);
        return account.Id;
    }

    private async Task ProvisionAloneAsync()
    {
        if (identity.Accounts.All.Any()) return;

        // Before the account exists: whatever a crash leaves behind, an account never exists without its passwords.
        _variables.Clear();
        _variables["LP_ACCOUNT"] = Account;
        (_variables["LP_USER"], _variables["LP_PASS"]) = (Agent, Secrets.NewPassword());
        (_variables["LP_MANAGER_USER"], _variables["LP_MANAGER_PASS"]) = (Manager, Secrets.NewPassword());
        EnvironmentFile.Write(folder.EnvironmentFile, _variables);
        var hashes = await Task.WhenAll(
            identity.Passwords.HashAtOnceAsync(_variables["LP_PASS"]),
            identity.Passwords.HashAtOnceAsync(_variables["LP_MANAGER_PASS"]));
        await identity.Accounts.AddAsync(Account, demo ? DemoContent.Settings : null);
        // Without skills they are rung for every conversation, also for one that names none.
        await identity.Agents.AddAsync(new NewAgent(Account, Agent, AgentRole.Agent, hashes[0], []) { Nickname = demo ? "Ada" : null });
        // Who tries it out may change everything.
        await identity.Agents.AddAsync(new NewAgent(Account, Manager, AgentRole.Admin, hashes[1], []) { Nickname = demo ? "Grace" : null });
        if (demo) await DemoContent.AddAsync(identity, Account);
    }
}
