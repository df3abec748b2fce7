using Parley.Conversations.Events;

namespace Parley.Conversations;

/// <summary>Gives events their version and time in the order they are added.</summary>
internal sealed class EventWriter(Conversation state, long now)
{
    private readonly List<ConversationEvent> _events = [];

    /// <summary>The time of the first event.</summary>
    public long Start { get; } = Math.Max(now, state.LastTimestamp + 1);

    public Decision Decision => Decision.Of([.. _events]);

    public EventWriter Add(ConversationEvent e)
    {
        var number = _events.Count + 1;
        _events.Add(e with { Version = state.Version + number, Timestamp = Start + number - 1 });
        return this;
    }
}
