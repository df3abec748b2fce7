using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Parley.Server.Gateway.Frames;
using Parley.Server.Gateway.Upgrades;

namespace Parley.Server.Gateway;

/// <summary>
/// The addresses of sockets (protocol 6.1, 6.2) in the HTTP server: for requests that are refused, unusual, or not the first
/// of their connection.
/// </summary>
internal sealed class SocketEndpoints(Admission admission)
{
    private const string Root = "/ws_api/account/{account}/messaging";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root + "/consumer/{credential?}", context => OpenAsync(context, isAgent: false));
        routes.MapGet(Root + "/brand/{credential?}", context => OpenAsync(context, isAgent: true));
    }

    private async Task OpenAsync(HttpContext context, bool isAgent)
    {
        var (admitted, status) = await admission.AdmitAsync(UpgradeRequest.Of(context, isAgent));
        if (admitted is null)
        {
            context.Response.StatusCode = status;
            return;
        }

        if (!Handshake.TryPrepare(context)) return;
        await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        // The transport's own pipe, not the upgraded stream: frames are read and written in place.
        var transport = context.Features.GetRequiredFeature<IConnectionTransportFeature>().Transport;
        await admission.ServeAsync(admitted, transport, context.Features.GetRequiredFeature<IConnectionLifetimeFeature>());
    }
}
