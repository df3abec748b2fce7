namespace Parley.Cluster.Status;

/// <summary>A node as the database knows it.</summary>
/// <param name="Id">Under which it owns shards.</param>
/// <param name="Address">Where other nodes reach it.</param>
/// <param name="LeaseSeconds">How long its lease lasts if it is not renewed; negative when it has ended.</param>
/// <param name="Shards">How many it owns.</param>
/// <param name="ReportAgeSeconds">How old its report is, seconds; null when there is none.</param>
/// <param name="Report">What it said of itself.</param>
public sealed record NodeStatus(string Id, string Address, double LeaseSeconds, int Shards, double? ReportAgeSeconds, NodeReport? Report)
{
    /// <summary>Whether it has its lease: if not, it was killed or cut off, and others have or take what it owned.</summary>
    public bool IsLive => LeaseSeconds > 0;
}
