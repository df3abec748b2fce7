namespace Parley.Cluster.Between;

/// <summary>Some items of what one node tells another.</summary>
/// <param name="Stream">Which telling: a new one begins when the former broke, and whoever hears it knows that he may have missed something.</param>
/// <param name="Number">Its place in the stream, from 0 on without a hole.</param>
/// <param name="Items">Each its length and its bytes, in the order in which they were said.</param>
internal readonly record struct Batch(Guid Stream, long Number, ReadOnlyMemory<byte> Items);
