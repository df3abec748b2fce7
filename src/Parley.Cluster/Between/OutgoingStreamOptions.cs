namespace Parley.Cluster.Between;

/// <summary>When a node stops telling another.</summary>
/// <param name="MostBytes">What may wait for a slow one, bytes: more costs less when he reads it from the journal.</param>
/// <param name="Patience">How long one batch is waited for, and tried again. Leases run out meanwhile: what it says is then another node's to say.</param>
/// <param name="RetryDelay">Between two tries.</param>
internal sealed record OutgoingStreamOptions(int MostBytes, TimeSpan Patience, TimeSpan RetryDelay)
{
    public static OutgoingStreamOptions Default { get; } = new(64 * 1024 * 1024, TimeSpan.FromSeconds(6), TimeSpan.FromMilliseconds(100));
}
