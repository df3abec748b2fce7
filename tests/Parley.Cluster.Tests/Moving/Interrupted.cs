namespace Parley.Cluster.Tests.Moving;

/// <summary>What a test ends a move with.</summary>
internal sealed class Interrupted : Exception;
