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

    /// <summary>The node is there, and everything that it said before was heard. Nothing follows.</summary>
    Alive = 5,

    /// <summary>A user's first socket on the node opened or his last one there closed: account, user, whether an agent, whether he is there.</summary>
    Presence = 6,

    /// <summary>Who has a socket on the node: count, users as in <see cref="Presence"/>, and nobody else.</summary>
    Present = 7,

    /// <summary>What an agent says of himself: account, agent, when he said it, state, description, since when he is in it.</summary>
    State = 8,

    /// <summary>A chat state: conversation, dialog, user, body, metadata, encoded metadata.</summary>
    ChatState = 9,
}
