using Parley.Journal;
using Parley.Server.Gateway;
using Parley.Server.Lists;
using Parley.Server.Routing;

namespace Parley.Server.Ownership;

/// <summary>What live conversations need; one object, so that each of them holds one reference.</summary>
internal sealed record OwnershipServices(
    IJournal Journal,
    LiveConversations Conversations,
    Connections Connections,
    ListFanOut Lists,
    Router Routing,
    ConsumerPresence Presence,
    UserNames Names,
    BrandRulebook Rules,
    TimeProvider Time)
{
    /// <summary>Who decides, where there are several nodes.</summary>
    public INodes Nodes { get; init; } = SingleNode.Instance;

    /// <summary>False when the journal keeps no messages (for measuring): then there is nothing to replay.</summary>
    public bool Replays { get; init; } = true;
}
