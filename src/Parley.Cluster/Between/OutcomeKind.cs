namespace Parley.Cluster.Between;

/// <summary>How a forwarded command ended. Part of what nodes of two versions say to each other: a number never gets another meaning.</summary>
internal enum OutcomeKind : byte
{
    /// <summary>Stored, or found to be stored before.</summary>
    Done = 1,

    /// <summary>Against the rules; nothing was stored.</summary>
    Refused = 2,

    /// <summary>The store has trouble; nothing was stored.</summary>
    Unavailable = 3,

    /// <summary>It is not known whether it is stored.</summary>
    Undecided = 4,

    /// <summary>The node does not decide for the conversation; nothing was stored. Whoever asked looks for the one that does.</summary>
    Moved = 5,
}
