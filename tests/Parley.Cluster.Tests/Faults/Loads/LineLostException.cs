namespace Parley.Cluster.Tests.Faults.Loads;

/// <summary>A socket could not be opened, was closed, or does not answer.</summary>
internal sealed class LineLostException(string message) : Exception(message);
