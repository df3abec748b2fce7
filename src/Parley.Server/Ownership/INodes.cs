using Parley.Conversations;
using Parley.Conversations.Commands;
using Parley.Conversations.Events;
using Parley.Server.Routing;

namespace Parley.Server.Ownership;

/// <summary>
/// Which node decides for a conversation, and the way to it: the seam between one process and many. All members are called on the path of a
/// message and must not block.
/// </summary>
internal interface INodes
{
    /// <summary>Whether there never is another node.</summary>
    bool IsAlone { get; }

    /// <summary>Whether this node decides for the conversation now. While that changes, the conversation's object is abandoned.</summary>
    bool Decides(string conversationId);

    /// <summary>Whether something that was given to another node before is not carried out yet: then what is asked now is forwarded too, though this node decides by now.</summary>
    bool MustWait(string conversationId);

    /// <summary>Whether this node routes for the account now: it alone makes offers, ends rings and closes what is over. All nodes know what it knows.</summary>
    bool Routes(string accountId);

    /// <summary>Who hears the other nodes; before anything is told.</summary>
    void Attach(INodeNews news);

    /// <summary>Gives a command to the node that decides. Commands of one conversation arrive in the order in which they were given.</summary>
    void Forward(string conversationId, string? accountId, ConversationCommand command, CommandReply reply);

    /// <summary>Calls back when everything that the deciding node had decided for the conversation is durable and was heard here.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="caughtUp">Called once; may take the conversation's lock.</param>
    /// <param name="unavailable">Called instead when the deciding node cannot be reached or its store has trouble.</param>
    void CatchUp(string conversationId, Action caughtUp, Action unavailable);

    /// <summary>Tells the other nodes what became durable here. Under the conversation's lock, in order.</summary>
    void Tell(string conversationId, ConversationEvent[] events);

    /// <summary>Tells them that a user's first socket here opened or his last one closed. Changes of one user are told one after the other.</summary>
    void TellPresence(in PresentUser user, bool isThere);

    /// <inheritdoc cref="INodeNews.HearState"/>
    void TellState(string accountId, string agentPid, AgentAvailability state, long saidAt);

    /// <inheritdoc cref="INodeNews.HearChatState"/>
    void TellChatState(string conversationId, string dialogId, string userId, PublishedParts parts);
}
