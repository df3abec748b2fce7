namespace Parley.Cluster.Tests.Faults.Histories;

/// <summary>A question for the newest event of a dialog, and the answer.</summary>
/// <param name="Dialog">Which.</param>
/// <param name="AskedAt">Before it was asked; a timestamp.</param>
/// <param name="Next">The number after the newest one; 0 for an empty dialog.</param>
/// <param name="Node">Which node was asked.</param>
internal sealed record Look(string Dialog, long AskedAt, long Next, int Node);
