using Orleans.Runtime;
using Orleans.Runtime.Services;

namespace Parley.Cluster.Between;

/// <summary>The mailboxes of the other nodes.</summary>
internal sealed class NodeMailboxes(IServiceProvider services) : GrainServiceClient<INodeMailbox>(services)
{
    public INodeMailbox Of(SiloAddress node) => GetGrainService(node);
}
