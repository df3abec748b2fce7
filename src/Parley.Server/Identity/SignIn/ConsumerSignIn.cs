using Parley.Server.Storage;

namespace Parley.Server.Identity.SignIn;

/// <summary>Exchanges what a consumer brings for a consumer token (protocol 4.5, 4.6). Limits count failures only.</summary>
internal sealed class ConsumerSignIn(
    IAccountStore store,
    AuthConnectors connectors,
    AnonymousTokens anonymous,
    ExternalTokens external,
    CodeFlow codes,
    ConsumerTokens tokens,
    ConsumerClaims claims,
    Revocations revocations,
    IdentityOptions options,
    TimeProvider time)
{
    private readonly FailureLimiter _perAddress = new(60, TimeSpan.FromSeconds(1), time);

    /// <summary>A token of a new anonymous consumer, or another one of the consumer that <paramref name="old"/> names.</summary>
    /// <exception cref="SignInRefusedException">There is none for him.</exception>
    public Task<string> AuthorizeAsync(Account account, string? old, string address) => LimitedAsync(address, () =>
    {
        RequireAnonymous(account);
        return Task.FromResult(old is null ? anonymous.Issue(account.Id) : anonymous.Renew(account.Id, old));
    });

    /// <summary>A consumer token for a token or code.</summary>
    /// <param name="account">Where he wants to be a consumer.</param>
    /// <param name="connectorId">The connector he names, or null.</param>
    /// <param name="request">What he brings.</param>
    /// <param name="before">The token of the anonymous consumer he has been, or null.</param>
    /// <param name="address">Where he asks from.</param>
    /// <exception cref="SignInRefusedException">It is not accepted.</exception>
    public Task<IssuedToken> ExchangeAsync(Account account, string? connectorId, SignInRequest request, string? before, string address) =>
        LimitedAsync(address, async () =>
        {
            var (jwt, code) = Brought(request);
            var connector = connectors.Choose(account.Id, connectorId, jwt) ?? throw new SignInRefusedException(IdpErrors.UnknownConnector);
            return (connector.Settings.Type, jwt, code) switch
            {
                (AuthConnectorType.Unauth, not null, _) => ExchangeAnonymous(account, jwt),
                (AuthConnectorType.Implicit, not null, _) => await ExchangeExternalAsync(account, connector, jwt, before),
                (AuthConnectorType.Code, _, not null) => await ExchangeExternalAsync(
                    account, connector, await codes.RedeemAsync(connector.Settings, code, request.RedirectUri), before),
                _ => throw new SignInRefusedException(IdpErrors.WrongConnectorType),
            };
        });

    private static (string? Jwt, string? Code) Brought(SignInRequest request) => request switch
    {
        { IdToken.Length: > 0, Code: null, AuthCode: null } => (request.IdToken, null),
        { Code.Length: > 0, IdToken: null, AuthCode: null } => (null, request.Code),
        { AuthCode.Length: > 0, IdToken: null, Code: null } => request.AuthCode.AsSpan().Count('.') is 2 or 4 ? (request.AuthCode, null) : (null, request.AuthCode),
        _ => throw new SignInRefusedException(IdpErrors.BadInput with { Message = "Give one of id_token, code and authCode" }),
    };

    private static void RequireAnonymous(Account account)
    {
        if (!account.Settings.AnonymousConsumers) throw new SignInRefusedException(IdpErrors.AnonymousOff);
    }

    private IssuedToken ExchangeAnonymous(Account account, string jwt)
    {
        RequireAnonymous(account);
        return tokens.Issue(account.Id, anonymous.Redeem(account.Id, jwt), TimeSpan.FromMinutes(options.AnonymousTokenMinutes));
    }

    private async Task<IssuedToken> ExchangeExternalAsync(Account account, LiveConnector connector, string jwt, string? before)
    {
        var proof = await external.ValidateAsync(connector, jwt);
        var consumerId = proof.Who.ConsumerIdIn(account.Id);
        RequireNotRevoked(account, consumerId, proof);
        await claims.StoreAsync(account.Id, consumerId, proof.Who);

        // Once more, as the last thing: he may have been revoked while his claims were written.
        RequireNotRevoked(account, consumerId, proof);
        return tokens.Issue(account.Id, proof.Who, proof.ExpiresAt, before is null ? null : AnonymousOf(account, before));
    }

    private void RequireNotRevoked(Account account, string consumerId, ExternalToken proof)
    {
        if (!revocations.IsConsumerRevoked(account.Id, consumerId, proof.IssuedAt)) return;
        throw new SignInRefusedException(IdpErrors.ExternalInvalid with { Message = "It is older than the consumer's revocation" });
    }

    private string AnonymousOf(Account account, string before) =>
        tokens.Validate(account.Id, before).Consumer is { IsAnonymous: true } consumer ? consumer.ConsumerId : throw new SignInRefusedException(IdpErrors.OwnInvalid);

    private async Task<T> LimitedAsync<T>(string address, Func<Task<T>> attempt)
    {
        if (_perAddress.IsExhausted(address)) throw new SignInRefusedException(IdpErrors.TooMany);
        try
        {
            // What was taken back on another node is not renewed here.
            await store.CatchUpAsync();
            return await attempt();
        }
        catch (SignInRefusedException e) when (e.Error.MayBeGuess)
        {
            _perAddress.Count(address);
            throw;
        }
    }
}
