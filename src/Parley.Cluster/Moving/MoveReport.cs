namespace Parley.Cluster.Moving;

/// <summary>What was moved, read again in both places and found to be the same.</summary>
/// <param name="Parts">Part by part.</param>
/// <param name="MissingFiles">Files that the catalogue names and that were missing in the source already.</param>
public sealed record MoveReport(IReadOnlyList<MovedPart> Parts, IReadOnlyList<string> MissingFiles);
