using Parley.Conversations;
using Parley.Conversations.Events;

namespace Parley.Journal.Tails;

/// <summary>Rebuilds a tail from groups read back in log order, on top of the settled states.</summary>
/// <param name="tail">Where it is built.</param>
/// <param name="settled">The settled state of a conversation, which may be newer than the group that is read; null when there is none.</param>
internal sealed class TailRecovery(Tail tail, Func<string, Conversation?> settled)
{
    private readonly Dictionary<string, Conversation?> _states = [];

    public void Add(object log, long group, string conversationId, ConversationEvent[] events)
    {
        if (!_states.TryGetValue(conversationId, out var state)) state = settled(conversationId);
        foreach (var e in events)
        {
            if (e.Version > (state?.Version ?? 0)) state = Evolution.Apply(state, e);
        }

        _states[conversationId] = state;
        tail.Add(log, group, events, state!);
    }
}
