namespace Parley.Journal.Moving;

/// <summary>What two stores both hold.</summary>
/// <param name="Rows">How many conversations or events.</param>
/// <param name="Checksum">The beginning of a SHA-256 over all of them in order, hexadecimal.</param>
public sealed record ContentSum(long Rows, string Checksum);
