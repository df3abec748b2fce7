using System.Data.Common;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Parley.Protocol;
using Parley.Protocol.Codes;
using Parley.Server.Gateway.Frames;
using Parley.Server.Identity;

namespace Parley.Server.Gateway.Upgrades;

/// <summary>Who gets a socket, and which dialect it speaks (protocol 6.1, 6.2).</summary>
internal sealed class Admission(GatewayServices services, AgentSessions sessions, SocketLoop loop)
{
    /// <summary>Judges a request before its upgrade.</summary>
    /// <param name="request">What is asked for.</param>
    /// <returns>Null when it is refused, and the status of the answer.</returns>
    public async ValueTask<(Admitted? Admitted, int Status)> AdmitAsync(UpgradeRequest request)
    {
        try
        {
            if (await services.Accounts.FindAsync(request.AccountId) is not { } account) return (null, StatusCodes.Status404NotFound);
            (AgentSession? session, TokenValidation? token) = (null, null);
            if (request is { IsAgent: true, Credential: { } bearer }) session = await sessions.FindByBearerAsync(account.Id, bearer);
            else if (request is { IsAgent: false, Credential: { } jwt }) token = await services.Tokens.ValidateAsync(account.Id, jwt);
            return request.IsAgent && session is null ? (null, StatusCodes.Status401Unauthorized)
                : (new Admitted(request, account, session, token), StatusCodes.Status101SwitchingProtocols);
        }
        catch (DbException)
        {
            return (null, StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <summary>Serves an upgraded socket until its transport is done with. Nothing of the request is kept meanwhile.</summary>
    /// <param name="admitted">Who it is for.</param>
    /// <param name="transport">Behind the answer to the upgrade.</param>
    /// <param name="lifetime">Of the transport.</param>
    public Task ServeAsync(Admitted admitted, IDuplexPipe transport, IConnectionLifetimeFeature lifetime)
    {
        var (request, account, session, token) = admitted;
        var limits = account.Settings.Limits;
        var connection = new Connection(account.Id, DialectOf(request), transport, services.Limits, services.Time, lifetime)
        {
            PeerAddress = request.PeerAddress,
            MaxText = limits?.TextCharacters ?? services.Limits.TextCharacters,
            RateLimit = RateLimit(account, request.IsAgent),
        };
        if (session is null) IdentifyConsumer(connection, request, token);
        else IdentifyAgent(connection, session, request.Credential!);
        return loop.RunAsync(connection, new FrameReader(limits?.FrameBytes ?? services.Limits.FrameBytes));
    }

    private static Dialect DialectOf(UpgradeRequest request) => request switch
    {
        { IsAgent: true, Version: "2.1" } => Dialect.V21,
        { IsAgent: true } or { Version: "2" or "2.0" or "2.1" } => Dialect.V2,
        _ => Dialect.V3,
    };

    // A browser cannot read the status of a refused upgrade, so a bad token is told by a close code instead.
    private void IdentifyConsumer(Connection connection, UpgradeRequest request, TokenValidation? token)
    {
        connection.ClientProperties = request.ClientProperties();
        if (token is not { } validation) return;
        if (validation.IsValid) services.Identify(connection, validation.Consumer);
        else connection.Refuse(validation);
    }

    // A session that ended after it was found and before its socket was registered is looked for once more.
    private void IdentifyAgent(Connection connection, AgentSession session, string bearer)
    {
        services.Connections.Identify(connection, new Principal(session));
        if (sessions.FindByBearer(connection.AccountId, bearer) is null) connection.Close(CloseCode.IdentityRequired, CloseReasons.IdentityInvalid);
    }

    private TokenBucket? RateLimit(Account account, bool isAgent)
    {
        var limits = services.Limits;
        if (!limits.RateLimits) return null;
        var own = account.Settings.Limits;
        return isAgent
            ? new TokenBucket(services.Time, own?.AgentRequestsPerSecond ?? limits.AgentRequestsPerSecond, own?.AgentBurst ?? limits.AgentBurst)
            : new TokenBucket(services.Time, own?.ConsumerRequestsPerSecond ?? limits.ConsumerRequestsPerSecond, own?.ConsumerBurst ?? limits.ConsumerBurst);
    }
}
