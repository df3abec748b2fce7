using Orleans.Runtime;
using Orleans.Services;

namespace Parley.Cluster.Between;

/// <summary>Where a node takes what the others tell it.</summary>
internal interface INodeMailbox : IGrainService
{
    /// <param name="sender">Which node, in which of its lives.</param>
    /// <param name="stream">See <see cref="Batch"/>.</param>
    /// <param name="number">See <see cref="Batch"/>.</param>
    /// <param name="items">See <see cref="Batch"/>.</param>
    /// <returns>False when something before it is missing.</returns>
    Task<bool> TakeAsync(SiloAddress sender, Guid stream, long number, ReadOnlyMemory<byte> items);
}
