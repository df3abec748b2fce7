using Parley.Conversations;
using Parley.Journal;

namespace Parley.Server.Ownership;

/// <summary>A decision on its way to the disk; without events it only waits for what was decided before it.</summary>
internal sealed class DecisionEntry : JournalEntry
{
    private readonly LiveConversation _conversation;
    private readonly Decision _decision;
    private readonly CommandReply _reply;

    public DecisionEntry(LiveConversation conversation, Decision decision, Conversation? stateAfter, CommandReply reply)
    {
        (_conversation, _decision, _reply) = (conversation, decision, reply);
        Events = decision.Events;
        StateAfter = stateAfter;
        Owner = conversation;
    }

    public override void Committed() => _conversation.Commit(this);

    public override void Refused()
    {
        _conversation.Forget();
        _reply.Unavailable();
    }

    public override void Moved()
    {
        _conversation.Forget();
        _reply.Moved();
    }

    public override void Undecided()
    {
        _conversation.Forget();
        _conversation.CloseAgentSockets();
        _reply.Undecided();
    }

    /// <summary>Tells whoever asked.</summary>
    public void Reply()
    {
        if (_decision.Refusal is { } refusal) _reply.Refuse(refusal);
        else _reply.Succeed(_decision);
    }
}
