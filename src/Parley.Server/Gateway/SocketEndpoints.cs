using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Parley.Protocol;
using Parley.Protocol.Codes;
using Parley.Protocol.Envelope;
using Parley.Server.Gateway.Frames;
using Parley.Server.Hosting;
using Parley.Server.Identity;

namespace Parley.Server.Gateway;

/// <summary>The addresses of sockets (protocol 6.1, 6.2): who may open one, and which dialect it speaks.</summary>
internal sealed class SocketEndpoints(GatewayServices services, AgentSessions sessions, SocketLoop loop)
{
    private const string Root = "/ws_api/account/{account}/messaging";
    private const string Scheme = "jwt ";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root + "/consumer", context => OpenConsumerAsync(context, Header(context)));
        routes.MapGet(Root + "/consumer/{token}", context => OpenConsumerAsync(context, (string)context.Request.RouteValues["token"]!));
        routes.MapGet(Root + "/brand", context => OpenBrandAsync(context, Header(context)));
        routes.MapGet(Root + "/brand/{bearer}", context => OpenBrandAsync(context, (string)context.Request.RouteValues["bearer"]!));
    }

    private static string? Header(HttpContext context)
    {
        var value = context.Request.Headers.Authorization.ToString();
        return value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? value[Scheme.Length..].Trim() : null;
    }

    // A browser cannot read the status of a refused upgrade, so a bad token is told by a close code instead.
    private async Task OpenConsumerAsync(HttpContext context, string? token)
    {
        if (services.Accounts.Find(context.Account) is not { } account)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var dialect = context.Request.Query["v"].ToString() is "2" or "2.0" or "2.1" ? Dialect.V2 : Dialect.V3;
        if (await UpgradeAsync(context, account, dialect) is not { } connection) return;
        connection.ClientProperties = ReadClientProperties(context, connection.PeerAddress);
        connection.RateLimit = RateLimit(account, isAgent: false);
        if (token is not null)
        {
            var validation = services.Tokens.Validate(account.Id, token);
            if (validation.IsValid) services.Identify(connection, validation.Consumer);
            else connection.Refuse(validation);
        }

        await loop.RunAsync(connection, Frames(account));
    }

    private async Task OpenBrandAsync(HttpContext context, string? bearer)
    {
        if (services.Accounts.Find(context.Account) is not { } account)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (bearer is null || sessions.FindByBearer(account.Id, bearer) is not { } session)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var dialect = context.Request.Query["v"] == "2.1" ? Dialect.V21 : Dialect.V2;
        if (await UpgradeAsync(context, account, dialect) is not { } connection) return;
        connection.RateLimit = RateLimit(account, isAgent: true);
        services.Connections.Identify(connection, new Principal(session));
        if (sessions.FindByBearer(account.Id, bearer) is null) connection.Close(CloseCode.IdentityRequired, CloseReasons.IdentityInvalid);
        await loop.RunAsync(connection, Frames(account));
    }

    private async Task<Connection?> UpgradeAsync(HttpContext context, Account account, Dialect dialect)
    {
        if (!Handshake.TryPrepare(context)) return null;
        await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        // The transport's own pipe, not the upgraded stream: frames are read and written in place.
        var transport = context.Features.GetRequiredFeature<IConnectionTransportFeature>().Transport;
        return new Connection(account.Id, dialect, transport, services.Limits, services.Time, context.Abort)
        {
            PeerAddress = context.Connection.RemoteIpAddress?.ToString() ?? "",
            MaxText = account.Settings.Limits?.TextCharacters ?? services.Limits.TextCharacters,
        };
    }

    private FrameReader Frames(Account account) => new(account.Settings.Limits?.FrameBytes ?? services.Limits.FrameBytes);

    private TokenBucket? RateLimit(Account account, bool isAgent)
    {
        var limits = services.Limits;
        if (!limits.RateLimits) return null;
        var own = account.Settings.Limits;
        return isAgent
            ? new TokenBucket(services.Time, own?.AgentRequestsPerSecond ?? limits.AgentRequestsPerSecond, own?.AgentBurst ?? limits.AgentBurst)
            : new TokenBucket(services.Time, own?.ConsumerRequestsPerSecond ?? limits.ConsumerRequestsPerSecond, own?.ConsumerBurst ?? limits.ConsumerBurst);
    }

    // Properties come as one header or, from clients that cannot set headers, as query parameters.
    private static string? ReadClientProperties(HttpContext context, string peerAddress)
    {
        var header = context.Request.Headers["Client-Properties"].ToString();
        if (header.Length > 0) return ClientProperties.FromHeader(header, peerAddress);
        if (context.Request.Query.Count(q => q.Key != "v") == 0) return null;
        var writer = new PayloadWriter();
        using (var json = new Utf8JsonWriter(writer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in context.Request.Query)
            {
                if (name != "v") json.WriteString(name, value.ToString());
            }

            json.WriteEndObject();
        }

        return ClientProperties.FromHeader(System.Text.Encoding.UTF8.GetString(writer.Payload), peerAddress);
    }
}
