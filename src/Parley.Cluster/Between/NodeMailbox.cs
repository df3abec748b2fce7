using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Parley.Cluster.Between;

/// <summary>The mailbox of this node, on Orleans' messaging. Its calls are turns of one grain service: one at a time.</summary>
internal sealed class NodeMailbox(GrainId id, Silo silo, ILoggerFactory loggers, NodeLinks links) : GrainService(id, silo, loggers), INodeMailbox
{
    public Task<bool> TakeAsync(SiloAddress sender, Guid stream, long number, ReadOnlyMemory<byte> items) =>
        Task.FromResult(links.TryHear(sender, new Batch(stream, number, items)));
}
