using Parley.Server.Admin.Api.Live;
using Parley.Server.Gateway;
using Parley.Server.Identity;
using Parley.Server.Routing;

namespace Parley.Server.Admin.Api;

/// <summary>What calls are answered with.</summary>
/// <param name="Stopping">Cancelled when the server stops.</param>
internal sealed record AdminServices(IdentityServices Identity, Operations Operations, GatewayServices Gateway, CancellationToken Stopping)
{
    public RoutingFeeds Feeds { get; } = new();

    public TimeProvider Time => Gateway.Time;

    public AccountRouter RouterOf(AdminCall call) => Gateway.Routing.Of(call.AccountId);
}
