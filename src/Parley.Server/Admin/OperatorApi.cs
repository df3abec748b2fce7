using Parley.Server.Identity;

namespace Parley.Server.Admin;

/// <summary>All operations by name.</summary>
public static class OperatorApi
{
    private static readonly OperatorJson Json = OperatorJson.Default;

    public static readonly Operation<AddAccount, AccountList> AddAccount =
        new("accounts", () => Json.AddAccount, () => Json.AccountList, (run, request) => run.AddAccountAsync(request));

    public static readonly Operation<AccountScope, AccountList> ListAccounts =
        new("accounts/list", () => Json.AccountScope, () => Json.AccountList, (run, _) => run.ListAccountsAsync());

    public static readonly Operation<ChangeSettings, AccountList> ChangeSettings =
        new("accounts/settings", () => Json.ChangeSettings, () => Json.AccountList, (run, request) => run.ChangeSettingsAsync(request));

    public static readonly Operation<AccountScope, AccountList> DisableAccount =
        new("accounts/disable", () => Json.AccountScope, () => Json.AccountList, (run, request) => run.DisableAccountAsync(request));

    public static readonly Operation<AddConnector, ConnectorList> AddConnector =
        new("accounts/connectors", () => Json.AddConnector, () => Json.ConnectorList, (run, request) => run.AddConnectorAsync(request));

    public static readonly Operation<AccountScope, ConnectorList> ListConnectors =
        new("accounts/connectors/list", () => Json.AccountScope, () => Json.ConnectorList, (run, request) => run.ListConnectorsAsync(request));

    public static readonly Operation<ConnectorName, ConnectorList> RemoveConnector =
        new("accounts/connectors/remove", () => Json.ConnectorName, () => Json.ConnectorList, (run, request) => run.RemoveConnectorAsync(request));

    public static readonly Operation<AddAgent, AgentAdded> AddAgent =
        new("agents", () => Json.AddAgent, () => Json.AgentAdded, (run, request) => run.AddAgentAsync(request));

    public static readonly Operation<AccountScope, AgentList> ListAgents =
        new("agents/list", () => Json.AccountScope, () => Json.AgentList, (run, request) => run.ListAgentsAsync(request));

    public static readonly Operation<ChangeAgent, AgentList> ChangeAgent =
        new("agents/profile", () => Json.ChangeAgent, () => Json.AgentList, (run, request) => run.ChangeAgentAsync(request));

    public static readonly Operation<AgentName, AgentList> EnableAgent =
        new("agents/enable", () => Json.AgentName, () => Json.AgentList, (run, request) => run.EnableAgentAsync(request));

    public static readonly Operation<AgentName, AgentList> DisableAgent =
        new("agents/disable", () => Json.AgentName, () => Json.AgentList, (run, request) => run.DisableAgentAsync(request));

    public static readonly Operation<SetPassword, PasswordSet> SetPassword =
        new("agents/password", () => Json.SetPassword, () => Json.PasswordSet, (run, request) => run.SetPasswordAsync(request));

    public static readonly Operation<AgentName, AppKeys> AddKeys =
        new("agents/keys", () => Json.AgentName, () => Json.AppKeys, (run, request) => run.AddKeysAsync(request));

    public static readonly Operation<AddSkill, SkillList> AddSkill =
        new("skills", () => Json.AddSkill, () => Json.SkillList, (run, request) => run.AddSkillAsync(request));

    public static readonly Operation<AccountScope, SkillList> ListSkills =
        new("skills/list", () => Json.AccountScope, () => Json.SkillList, (run, request) => run.ListSkillsAsync(request));

    public static readonly Operation<ChangeSkill, SkillList> ChangeSkill =
        new("skills/settings", () => Json.ChangeSkill, () => Json.SkillList, (run, request) => run.ChangeSkillAsync(request));

    public static readonly Operation<SkillName, SkillList> RemoveSkill =
        new("skills/remove", () => Json.SkillName, () => Json.SkillList, (run, request) => run.RemoveSkillAsync(request));

    public static readonly Operation<MintToken, TokenMinted> MintToken =
        new("tokens", () => Json.MintToken, () => Json.TokenMinted, (run, request) => run.MintTokenAsync(request));

    public static readonly Operation<AccountScope, TokenList> ListTokens =
        new("tokens/list", () => Json.AccountScope, () => Json.TokenList, (run, request) => run.ListTokensAsync(request));

    public static readonly Operation<RevokeToken, TokenRevoked> RevokeToken =
        new("tokens/revoke", () => Json.RevokeToken, () => Json.TokenRevoked, (run, request) => run.RevokeTokenAsync(request));

    public static readonly Operation<RotateKeys, KeysRotated> RotateKeys =
        new("tokens/rotate-keys", () => Json.RotateKeys, () => Json.KeysRotated, (run, request) => run.RotateKeysAsync(request));
}
