using Parley.Server.Identity;
using Parley.Server.Identity.SignIn;

namespace Parley.Server.Admin;

/// <summary>What operators can do; each either takes effect durably or throws <see cref="RefusedException"/>.</summary>
/// <param name="identity">Who is who.</param>
/// <param name="options">How identities are made.</param>
/// <param name="hasOpen">Tells whether an account has open conversations of a skill.</param>
public sealed class Operations(IdentityServices identity, IdentityOptions options, Func<string, string, Task<bool>> hasOpen)
{
    private const string DefaultAccount = "demo";
    private const int ShortestPassword = 8;

    public async Task<AccountList> AddAccountAsync(AddAccount request) =>
        new([await identity.Accounts.AddAsync(request.Account, SettingsChange.Check(request.Settings ?? AccountSettings.Default, "Each setting"))]);

    public Task<AccountList> ListAccountsAsync() => Task.FromResult(new AccountList([.. identity.Accounts.All]));

    public async Task<AccountList> ChangeSettingsAsync(ChangeSettings request)
    {
        var accountId = AccountOf(request.Account);
        var settings = Changes(request.Settings);
        await identity.Accounts.ChangeSettingsAsync(accountId, before => settings.Aggregate(before, (changed, setting) => SettingsChange.Apply(changed, setting.Key, setting.Value)));
        return new([identity.Accounts.Find(accountId)!]);
    }

    public async Task<AccountList> DisableAccountAsync(AccountScope request)
    {
        var accountId = request.Account ?? throw new RefusedException("Name the account to disable.");
        await identity.Accounts.DisableAsync(accountId);
        return new([.. identity.Accounts.All.Where(account => account.Id == accountId)]);
    }

    public async Task<ConnectorList> AddConnectorAsync(AddConnector request)
    {
        var accountId = AccountOf(request.Account);
        AuthConnectorCheck.Check(request.Connector ?? throw new RefusedException("Describe the connector."));
        await identity.AuthConnectors.SaveAsync(accountId, request.Connector, request.Replace);
        return new([ConnectorView.Of(request.Connector)]);
    }

    public Task<ConnectorList> ListConnectorsAsync(AccountScope request) => Task.FromResult(Connectors(AccountOf(request.Account)));

    public async Task<ConnectorList> RemoveConnectorAsync(ConnectorName request)
    {
        var accountId = AccountOf(request.Account);
        await identity.AuthConnectors.RemoveAsync(accountId, request.Id);
        return Connectors(accountId);
    }

    public async Task<AgentAdded> AddAgentAsync(AddAgent request)
    {
        var generated = request.Password is null && !request.Keys ? Secrets.NewPassword() : null;
        var agent = await identity.Agents.AddAsync(new NewAgent(
            AccountOf(request.Account),
            request.Login,
            request.Role,
            await HashAsync(request.Password ?? generated),
            request.Skills ?? [])
        {
            MaxSlots = request.MaxSlots ?? NewAgent.DefaultSlots,
            Nickname = request.Nickname,
            FullName = request.FullName,
            Profile = request.Profile is null ? new Dictionary<string, string>() : Changes(request.Profile),
        });
        return new AgentAdded(AgentView.Of(agent, identity.Agents), generated, request.Keys ? await identity.Agents.AddKeysAsync(agent) : null);
    }

    public Task<AgentList> ListAgentsAsync(AccountScope request) =>
        Task.FromResult(new AgentList([.. identity.Agents.All(AccountOf(request.Account)).Select(agent => AgentView.Of(agent, identity.Agents))]));

    public async Task<AgentList> ChangeAgentAsync(ChangeAgent request)
    {
        var agent = await ChangeAgentAsync(AgentOf(request.Account, request.Login), Changes(request.Profile));
        return new([AgentView.Of(agent, identity.Agents)]);
    }

    /// <summary>Changes members of an agent's profile. Who is locked out or may do less than before must log in again.</summary>
    internal async Task<AgentProfile> ChangeAgentAsync(AgentProfile agent, IReadOnlyDictionary<string, string> members, bool keepsAdmin = false)
    {
        var changed = await identity.Agents.ChangeAsync(agent, members, keepsAdmin);
        if (!changed.Enabled || changed.Role < agent.Role) await identity.Sessions.EndAllAsync(changed);
        return changed;
    }

    public async Task<SkillList> AddSkillAsync(AddSkill request) => new(
        [await identity.Agents.AddSkillAsync(AccountOf(request.Account), request.Id, request.Name, skill => SkillChange.Apply(skill, request.Settings is null ? new Dictionary<string, string>() : Changes(request.Settings)))]);

    public Task<SkillList> ListSkillsAsync(AccountScope request) => Task.FromResult(new SkillList(identity.Agents.Skills(AccountOf(request.Account))));

    public async Task<SkillList> ChangeSkillAsync(ChangeSkill request)
    {
        var (accountId, settings) = (AccountOf(request.Account), Changes(request.Settings));
        return new([await identity.Agents.ChangeSkillAsync(accountId, SkillOf(accountId, request.Skill).Id, skill => SkillChange.Apply(skill, settings))]);
    }

    public async Task<SkillList> RemoveSkillAsync(SkillName request)
    {
        var accountId = AccountOf(request.Account);
        await RemoveSkillAsync(accountId, SkillOf(accountId, request.Skill).Id);
        return new(identity.Agents.Skills(accountId));
    }

    /// <inheritdoc cref="AgentDirectory.RemoveSkillAsync" path="/exception"/>
    internal async Task RemoveSkillAsync(string accountId, string id)
    {
        var isOpen = await hasOpen(accountId, id);
        await identity.Agents.RemoveSkillAsync(accountId, id, () => isOpen ? "open conversations have it"
            : identity.CannedAnswers.All(accountId).FirstOrDefault(answer => answer.SkillIds.Contains(id)) is { } answer ? $"the answer {answer.Title} is for its agents"
            : null);
    }

    public Task<AgentList> EnableAgentAsync(AgentName request) => SetEnabledAsync(request, enabled: true);

    public Task<AgentList> DisableAgentAsync(AgentName request) => SetEnabledAsync(request, enabled: false);

    /// <summary>Ends the agent's sessions too: whoever knew the old password must not stay.</summary>
    public async Task<PasswordSet> SetPasswordAsync(SetPassword request)
    {
        var agent = AgentOf(request.Account, request.Login);
        var generated = request.Password is null ? Secrets.NewPassword() : null;
        await identity.Agents.SetPasswordHashAsync(agent, await HashAsync(request.Password ?? generated));
        await identity.Sessions.EndAllAsync(agent);
        return new PasswordSet(generated);
    }

    public Task<AppKeys> AddKeysAsync(AgentName request) => identity.Agents.AddKeysAsync(AgentOf(request.Account, request.Login));

    public async Task<TokenMinted> MintTokenAsync(MintToken request)
    {
        if (request.Minutes is <= 0)
        {
            throw new RefusedException("A token is valid for a minute at least.");
        }

        var lifetime = request.Minutes is { } minutes ? TimeSpan.FromMinutes(minutes) : (TimeSpan?)null;
        var issued = await identity.ConsumerTokens.MintAsync(AccountOf(request.Account), request.Consumer, lifetime);
        return new TokenMinted(issued.Jwt, issued.Consumer.TokenId, issued.Consumer.ConsumerId, issued.Consumer.ExpiresAt);
    }

    public async Task<TokenRevoked> RevokeTokenAsync(RevokeToken request)
    {
        var accountId = AccountOf(request.Account);
        if (request is { Consumer: { } consumer, TokenId: null, Jwt: null })
        {
            await identity.ConsumerTokens.RevokeConsumerAsync(accountId, consumer);
            return new TokenRevoked(null, consumer);
        }

        if (request.Consumer is not null)
        {
            throw new RefusedException("Give a consumer or a token, not both.");
        }

        var tokenId = request.TokenId
            ?? (await identity.ConsumerTokens.ValidateAsync(accountId, request.Jwt ?? "")).Consumer?.TokenId
            ?? throw new RefusedException("Give the id of a token, a token of this account that is still valid, or a consumer.");
        await identity.ConsumerTokens.RevokeAsync(accountId, tokenId);
        return new TokenRevoked(tokenId);
    }

    public Task<TokenList> ListTokensAsync(AccountScope request) =>
        Task.FromResult(new TokenList(identity.ConsumerTokens.Minted(AccountOf(request.Account))));

    public async Task<KeysRotated> RotateKeysAsync(RotateKeys request) =>
        new(await identity.SigningKeys.RotateAsync(request.Algorithm ?? options.Algorithm));

    private async Task<AgentList> SetEnabledAsync(AgentName request, bool enabled)
    {
        var agent = AgentOf(request.Account, request.Login);
        await identity.Agents.SetEnabledAsync(agent, enabled);
        if (!enabled)
        {
            await identity.Sessions.EndAllAsync(agent);
        }

        return new([AgentView.Of(AgentOf(request.Account, request.Login), identity.Agents)]);
    }

    /// <summary>An agent of programs has keys and no password; his hash is one that nothing matches.</summary>
    private Task<string> HashAsync(string? password) => password switch
    {
        null => Task.FromResult(identity.Passwords.Nobody),
        { Length: < ShortestPassword } => throw new RefusedException($"A password has at least {ShortestPassword} characters."),
        _ => identity.Passwords.HashAsync(password),
    };

    private static IReadOnlyDictionary<string, string> Changes(IReadOnlyDictionary<string, string>? named) =>
        named is null ? throw new RefusedException("Name what to change.")
        : named.FirstOrDefault(change => change.Value is null).Key is { } name ? throw new RefusedException($"{name} has no value; an empty one takes it away.")
        : named;

    private ConnectorList Connectors(string accountId) => new([.. identity.AuthConnectors.All(accountId).Select(ConnectorView.Of)]);

    private AgentProfile AgentOf(string? accountId, string login) =>
        identity.Agents.FindByLogin(AccountOf(accountId), login) ?? throw new RefusedException($"There is no agent {login}.");

    private Skill SkillOf(string accountId, string idOrName) =>
        identity.Agents.FindSkillByName(accountId, idOrName) ?? throw new RefusedException($"There is no skill {idOrName}.");

    private string AccountOf(string? asked) => AccountOf(identity.Accounts.All, asked);

    /// <summary>The account that is meant: the one asked for, the only one, or <c>demo</c>.</summary>
    /// <exception cref="RefusedException">There is no such, or there are several.</exception>
    public static string AccountOf(IEnumerable<Account> accounts, string? asked)
    {
        var enabled = accounts.Where(account => account.Enabled).ToArray();
        if (asked is not null)
        {
            return enabled.Any(account => account.Id == asked) ? asked : throw new RefusedException($"There is no account {asked}, or it is disabled.");
        }

        return enabled.Length == 1 ? enabled[0].Id
            : enabled.Any(account => account.Id == DefaultAccount) ? DefaultAccount : throw new RefusedException("There are several accounts; name one.");
    }
}
