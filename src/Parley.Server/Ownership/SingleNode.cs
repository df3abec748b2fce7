using Parley.Conversations.Commands;
using Parley.Conversations.Events;
using Parley.Server.Routing;

namespace Parley.Server.Ownership;

/// <summary>The only node: it decides for everything and has nobody to tell.</summary>
internal sealed class SingleNode : INodes
{
    public static SingleNode Instance { get; } = new();

    public bool IsAlone => true;

    public bool Decides(string conversationId) => true;

    public bool MustWait(string conversationId) => false;

    public bool Routes(string accountId) => true;

    public void Attach(INodeNews news)
    {
    }

    public void Forward(string conversationId, string? accountId, ConversationCommand command, CommandReply reply) => throw new InvalidOperationException("There is no other node.");

    public void CatchUp(string conversationId, Action caughtUp, Action unavailable) => caughtUp();

    public void Tell(string conversationId, ConversationEvent[] events)
    {
    }

    public void TellPresence(in PresentUser user, bool isThere)
    {
    }

    public void TellState(string accountId, string agentPid, AgentAvailability state, long saidAt)
    {
    }

    public void TellChatState(string conversationId, string dialogId, string userId, PublishedParts parts)
    {
    }
}
