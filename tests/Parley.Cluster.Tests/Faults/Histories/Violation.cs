namespace Parley.Cluster.Tests.Faults.Histories;

/// <summary>A promise that a history shows to be broken.</summary>
internal sealed record Violation(ViolationKind Kind, string What);
