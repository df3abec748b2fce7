using Parley.Server.Identity.Saml;
using Parley.Server.Storage;

namespace Parley.Server.Identity;

/// <summary>Decides whether somebody is the agent he says he is. Limits count failures only.</summary>
internal sealed class AgentLogin(
    IAccountStore store, Accounts accounts, AgentDirectory agents, PasswordQueue passwords, SamlLogin saml, UsedAssertions used, TimeProvider time)
{
    private readonly FailureLimiter _perLoginAndAddress = new(10, TimeSpan.FromSeconds(30), time);
    private readonly FailureLimiter _perLogin = new(100, TimeSpan.FromSeconds(30), time);
    private readonly FailureLimiter _perAddress = new(100, TimeSpan.FromSeconds(3), time);

    /// <param name="accountId">Where he wants to be an agent.</param>
    /// <param name="request">What he brings.</param>
    /// <param name="address">Where he asks from.</param>
    /// <param name="ownAddress">Where he asks, as an identity provider would name it.</param>
    public async Task<LoginResult> AuthenticateAsync(string accountId, LoginRequest request, string address, string ownAddress)
    {
        // An agent, a password, a key or a connector of another node counts here at once, and so does that one was taken away.
        await store.CatchUpAsync();
        if (request.Assertion is { } assertion)
        {
            return await AttemptSamlAsync(accountId, assertion, address, ownAddress);
        }

        if (request.Username is not { Length: > 0 and <= 256 } login)
        {
            return new(LoginOutcome.Malformed);
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
        return new(outcome, outcome == LoginOutcome.Accepted ? agent : null);
    }

    private bool PasswordMatches(AgentProfile? agent, string password) =>
        PasswordHash.Verify(password, agent is null ? passwords.Nobody : agents.PasswordHashOf(agent)!) && agent is not null;

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

    // Whom it is about is known only once it is believed, so failures count for the address alone.
    private async Task<LoginResult> AttemptSamlAsync(string accountId, string assertion, string address, string ownAddress)
    {
        if (!saml.IsSetUp(accountId)) return new(LoginOutcome.NotSetUp);
        if (_perAddress.IsExhausted(address)) return new(LoginOutcome.TooMany);
        try
        {
            var proof = saml.Judge(accountId, assertion, ownAddress);
            var agent = accounts.Find(accountId) is null ? null : agents.FindByLogin(accountId, proof.Login);
            if (agent is not { Enabled: true }) throw new SamlRefusedException("There is no agent of its login, or he is disabled");
            if (!await used.TryUseAsync(accountId, proof)) throw new SamlRefusedException("It was used before");
            return new(LoginOutcome.Accepted, agent);
        }
        catch (SamlRefusedException e)
        {
            if (e.IsMalformed) return new(LoginOutcome.Malformed, Reason: e.Message);
            _perAddress.Count(address);
            return new(LoginOutcome.Refused, Reason: e.Message);
        }
    }
}
