namespace Parley.Journal;

/// <summary>Whether the journal can keep its promise now.</summary>
/// <param name="Writable">False from a failed write until the next successful one.</param>
/// <param name="Reason">Why not, in words for an operator; null when writable.</param>
/// <param name="UnsettledBytes">Bytes committed but not yet moved to their final table.</param>
public readonly record struct JournalHealth(bool Writable, string? Reason, long UnsettledBytes);
