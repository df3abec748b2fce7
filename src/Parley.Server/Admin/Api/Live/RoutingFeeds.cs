using System.Collections.Concurrent;

namespace Parley.Server.Admin.Api.Live;

/// <summary>The feeds of all accounts that were asked for.</summary>
internal sealed class RoutingFeeds
{
    private readonly ConcurrentDictionary<string, RoutingFeed> _feeds = new();

    public RoutingFeed Of(AdminCall call) => _feeds.GetOrAdd(call.AccountId, static (id, services) => new RoutingFeed(id, services.Gateway), call.Services);
}
