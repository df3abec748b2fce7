namespace Parley.Server.Identity;

/// <summary>Decides whether somebody is the agent he says he is. Limits count failures only.</summary>
internal sealed class AgentLogin(Accounts accounts, AgentDirectory agents, PasswordQueue passwords, TimeProvider time)
{
    private readonly FailureLimiter _perLoginAndAddress = new(10, TimeSpan.FromSeconds(30), time);
    private readonly FailureLimiter _perLogin = new(100, TimeSpan.FromSeconds(30), time);
    private readonly FailureLimiter _perAddress = new(100, TimeSpan.FromSeconds(3), time);

    public async Task<(LoginOutcome Outcome, AgentProfile? Agent)> AuthenticateAsync(string accountId, LoginRequest request, string address)
    {
        if (request.Assertion is not null)
        {
            return (LoginOutcome.Unsupported, null);
        }

        if (request.Username is not { Length: > 0 and <= 256 } login)
        {
            return (LoginOutcome.Malformed, null);
        }

        var agent = accounts.Find(accountId) is null ? null : agents.FindByLogin(accountId, login);
        var outcome = request switch
        {
            { Password: { Length: > 0 and <= 1024 } password } =>
                // Checked and counted within the turn, so that parallel guesses cannot pass the limit together.
                await passwords.TryAsync(() => Attempt(accountId, login, address, agent, () => PasswordMatches(agent, password))),
            { AppKey: { } appKey, Secret: { } secret, AccessToken: { } accessToken, AccessTokenSecret: { } accessTokenSecret } =>
                Attempt(accountId, login, address, agent, () => agents.HasKeys(agent, new AppKeys(appKey, secret, accessToken, accessTokenSecret))),
            _ => LoginOutcome.Malformed,
        };
        return (outcome, outcome == LoginOutcome.Accepted ? agent : null);
    }

    private bool PasswordMatches(AgentProfile? agent, string password) =>
        PasswordHash.Verify(password, agent is null ? PasswordHash.Nobody : agents.PasswordHashOf(agent)!) && agent is not null;

    private LoginOutcome Attempt(string accountId, string login, string address, AgentProfile? agent, Func<bool> matches)
    {
        var byLogin = $"{accountId}\n{login}";
        var byLoginAndAddress = $"{byLogin}\n{address}";
        if (_perLoginAndAddress.IsExhausted(byLoginAndAddress) || _perLogin.IsExhausted(byLogin) || _perAddress.IsExhausted(address))
        {
            return LoginOutcome.TooMany;
        }

        if (matches() && agent!.Enabled)
        {
            return LoginOutcome.Accepted;
        }

        _perLoginAndAddress.Count(byLoginAndAddress);
        _perLogin.Count(byLogin);
        _perAddress.Count(address);
        return LoginOutcome.Refused;
    }
}
