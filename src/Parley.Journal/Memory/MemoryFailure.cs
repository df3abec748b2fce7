namespace Parley.Journal.Memory;

/// <summary>What is to become of a group instead of being committed.</summary>
internal sealed record MemoryFailure(bool IsUndecided, bool IsStored);
