namespace Parley.Journal.Committing;

/// <summary>What became of a group, or of an entry.</summary>
internal enum CommitOutcome
{
    Committed,
    Refused,
    Undecided,

    /// <summary>Not stored: another node decides for the conversation now.</summary>
    Moved,

    /// <summary>Of a group: its entries have outcomes of their own.</summary>
    Mixed,
}
