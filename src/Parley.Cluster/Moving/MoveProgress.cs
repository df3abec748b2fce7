namespace Parley.Cluster.Moving;

/// <summary>How far a move is.</summary>
/// <param name="Step">What is being done.</param>
/// <param name="Done">How much of it.</param>
/// <param name="Of">Of how much; null where that is not known.</param>
public readonly record struct MoveProgress(string Step, long Done, long? Of);
