namespace Parley.Cluster.Between;

/// <summary>What a node says to another. Part of what nodes of two versions say to each other: a number never gets another meaning.</summary>
internal enum ItemKind : byte
{
    /// <summary>A command for the node that decides: ticket, conversation, account, command.</summary>
    Ask = 1,

    /// <summary>A wish to know all that was decided until now: ticket, conversation.</summary>
    CatchUp = 2,

    /// <summary>The end of an <see cref="Ask"/> or a <see cref="CatchUp"/>: ticket, outcome.</summary>
    Outcome = 3,

    /// <summary>What became durable: conversation, count, events.</summary>
    Events = 4,
}
