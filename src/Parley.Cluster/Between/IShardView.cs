using Orleans.Runtime;

namespace Parley.Cluster.Between;

/// <summary>Who decides for which conversation, as this node knows it.</summary>
internal interface IShardView
{
    /// <summary>Raised when the database showed other owners than before, with what there is now in place. Handlers must be quick.</summary>
    event Action<ShardsMoved>? Moved;

    /// <summary>Raised when this node has taken shards, of which the database may have shown that it had them all the time. Handlers must be quick.</summary>
    event Action? Taken;

    /// <summary>Whether this node does, by a lease that has not ended.</summary>
    bool IsMine(string conversationId);

    /// <summary>The node that did when the database was last looked at; null when nobody did. It may be this one.</summary>
    SiloAddress? OwnerOf(string conversationId);

    /// <summary>The other live nodes.</summary>
    IReadOnlyList<SiloAddress> Others { get; }
}
