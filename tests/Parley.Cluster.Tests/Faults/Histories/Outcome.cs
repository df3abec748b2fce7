namespace Parley.Cluster.Tests.Faults.Histories;

/// <summary>What a client was told of an attempt: that it is stored, that it is not, or nothing.</summary>
internal enum Outcome { Acknowledged, Refused, Unknown }
