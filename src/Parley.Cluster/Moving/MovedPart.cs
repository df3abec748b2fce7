namespace Parley.Cluster.Moving;

/// <summary>A part of an installation that is the same in both places.</summary>
/// <param name="Name">A table, or what else it is.</param>
/// <param name="Rows">How many rows, events or files.</param>
/// <param name="Checksum">Of all of them, hexadecimal.</param>
public sealed record MovedPart(string Name, long Rows, string Checksum);
