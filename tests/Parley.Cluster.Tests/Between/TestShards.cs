using Orleans.Runtime;
using Parley.Cluster.Between;

namespace Parley.Cluster.Tests.Between;

/// <summary>All conversations are one node's; which, the test says.</summary>
internal sealed class TestShards(SiloAddress self, Func<SiloAddress?> owner, Func<IReadOnlyList<SiloAddress>> others) : IShardView
{
    public event Action<ShardsMoved>? Moved
    {
        add { }
        remove { }
    }

    public event Action? Taken
    {
        add { }
        remove { }
    }

    public IReadOnlyList<SiloAddress> Others => others();

    public bool IsMine(string conversationId) => self.Equals(owner());

    public SiloAddress? OwnerOf(string conversationId) => owner();
}
