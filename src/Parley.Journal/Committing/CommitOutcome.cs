namespace Parley.Journal.Committing;

/// <summary>What became of a group.</summary>
internal enum CommitOutcome { Committed, Refused, Undecided }
