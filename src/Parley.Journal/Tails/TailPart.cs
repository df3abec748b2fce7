namespace Parley.Journal.Tails;

/// <summary>The entries of a group that went to one log.</summary>
/// <param name="Log">Where they are stored; groups are numbered by log.</param>
/// <param name="Group">The group's number there.</param>
/// <param name="Entries">In log order; those without events leave no trace.</param>
internal readonly record struct TailPart(object Log, long Group, List<JournalEntry> Entries);
