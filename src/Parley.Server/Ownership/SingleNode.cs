using Parley.Conversations.Commands;
using Parley.Conversations.Events;

namespace Parley.Server.Ownership;

/// <summary>The only node: it decides for everything and has nobody to tell.</summary>
internal sealed class SingleNode : INodes
{
    public static SingleNode Instance { get; } = new();

    public bool Decides(string conversationId) => true;

    public void Forward(string conversationId, string? accountId, ConversationCommand command, CommandReply reply) => throw new InvalidOperationException("There is no other node.");

    public void CatchUp(string conversationId, Action caughtUp, Action unavailable) => caughtUp();

    public void Tell(string conversationId, ConversationEvent[] events)
    {
    }
}
