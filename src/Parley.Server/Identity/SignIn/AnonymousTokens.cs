using Microsoft.IdentityModel.JsonWebTokens;

namespace Parley.Server.Identity.SignIn;

/// <summary>The tokens with which anonymous visitors sign in (protocol 4.3): short, renewable for the same consumer, signed by ourselves.</summary>
internal sealed class AnonymousTokens(OwnTokens own, Revocations revocations, IdentityOptions options)
{
    // When the visitor came first; his renewals are counted, and taken back, from there.
    private const string Since = "auth_time";

    /// <summary>A token of a new consumer.</summary>
    public string Issue(string accountId) => Sign(accountId, Guid.NewGuid().ToString(), own.Now);

    /// <summary>Another token of the same consumer, for an old one that may have expired.</summary>
    /// <exception cref="SignInRefusedException">The old one is none of ours, too old or was taken back.</exception>
    public string Renew(string accountId, string old)
    {
        var (token, since) = Read(accountId, old, IdpErrors.UnreadableAnonymous, evenExpired: true);
        return since.AddHours(options.AnonymousRenewalHours) > own.Now
            ? Sign(accountId, token.Subject, since)
            : throw new SignInRefusedException(IdpErrors.NoLongerRenewable);
    }

    /// <summary>The consumer that a valid token names.</summary>
    /// <inheritdoc cref="Renew" path="/exception"/>
    public string Redeem(string accountId, string jwt) =>
        Read(accountId, jwt, jwt.Count('.') == 2 ? IdpErrors.UnreadableToken : IdpErrors.NoToken, evenExpired: false).Token.Subject;

    private static string Audience(string accountId) => $"anonymous:{accountId}";

    private string Sign(string accountId, string consumerId, DateTimeOffset since) => own.Sign(
        consumerId, Audience(accountId), own.Now, own.Now.AddMinutes(options.AnonymousMinutes), json => json.WriteNumber(Since, since.ToUnixTimeSeconds())).Jwt;

    private (JsonWebToken Token, DateTimeOffset Since) Read(string accountId, string jwt, IdpError malformed, bool evenExpired)
    {
        var failure = own.Verify(jwt, Audience(accountId), out var token, evenExpired);
        if (failure != TokenFailure.None)
        {
            throw new SignInRefusedException(failure switch
            {
                TokenFailure.Malformed => malformed,
                TokenFailure.Expired => IdpErrors.Expired,
                TokenFailure.WrongAccount => IdpErrors.AnonymousWrongAccount,
                _ => IdpErrors.AnonymousBadSignature,
            });
        }

        var since = DateTimeOffset.FromUnixTimeSeconds(token.GetPayloadValue<long>(Since));
        var isRevoked = revocations.IsTokenRevoked(accountId, token.Id) || revocations.IsConsumerRevoked(accountId, token.Subject, since);
        return isRevoked ? throw new SignInRefusedException(IdpErrors.AnonymousRevoked) : (token, since);
    }
}
