using Parley.Server.Identity;
using Parley.Server.Identity.SignIn;

namespace Parley.Server.Admin;

/// <summary>What operators can do; each either takes effect durably or throws <see cref="RefusedException"/>.</summary>
public sealed class Operations(IdentityServices identity, IdentityOptions options)
{
    private const string DefaultAccount = "demo";
    private const int ShortestPassword = 8;

    public async Task<AccountList> AddAccountAsync(AddAccount request) =>
        new([await identity.Accounts.AddAsync(request.Account, SettingsChange.Check(request.Settings ?? AccountSettings.Default, "Each setting"))]);

    public Task<AccountList> ListAccountsAsync() => Task.FromResult(new AccountList([.. identity.Accounts.All]));

    public async Task<AccountList> ChangeSettingsAsync(ChangeSettings request)
    {
        var accountId = AccountOf(request.Account);
        var settings = Changes(request.Settings).Aggregate(
            identity.Accounts.Find(accountId)!.Settings, (changed, setting) => SettingsChange.Apply(changed, setting.Key, setting.Value));
        await identity.Accounts.ChangeSettingsAsync(accountId, settings);
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
        var agent = await identity.Agents.ChangeAsync(AgentOf(request.Account, request.Login), Changes(request.Profile));
        return new([AgentView.Of(agent, identity.Agents)]);
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
            ?? identity.ConsumerTokens.Validate(accountId, request.Jwt ?? "").Consumer?.TokenId
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
        null => Task.FromResult(PasswordHash.Nobody),
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

    private string AccountOf(string? asked)
    {
        if (asked is not null)
        {
            return identity.Accounts.Find(asked)?.Id ?? throw new RefusedException($"There is no account {asked}, or it is disabled.");
        }

        var enabled = identity.Accounts.All.Where(account => account.Enabled).ToArray();
        return enabled.Length == 1 ? enabled[0].Id
            : identity.Accounts.Find(DefaultAccount)?.Id ?? throw new RefusedException("There are several accounts; name one.");
    }
}
