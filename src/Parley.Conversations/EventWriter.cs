using Parley.Conversations.Events;

namespace Parley.Conversations;

/// <summary>Carries events out as they are decided: each gets its version and time, and makes the state that the next is decided on.</summary>
internal sealed class EventWriter(Conversation? before, long now)
{
    private readonly List<ConversationEvent> _events = [];
    private Conversation? _state = before;

    /// <summary>The state before the first event; not to be asked for at an opening.</summary>
    public Conversation Before { get; } = before!;

    /// <summary>The state after the last event.</summary>
    public Conversation State => _state!;

    /// <summary>The time of the next event.</summary>
    public long Time => Math.Max(now, _state?.LastTimestamp + 1 ?? now);

    public Decision Decision => Decision.Of([.. _events]);

    public EventWriter Add(ConversationEvent e)
    {
        e = e with { Version = (_state?.Version ?? 0) + 1, Timestamp = Time };
        _events.Add(e);
        _state = Evolution.Apply(_state, e);
        return this;
    }

    public EventWriter EndRing(Ring ring, RingState how) => Add(new RingResolved(ring.Id, ring.AgentId, how));

    /// <summary>Ends every ring that waits.</summary>
    public EventWriter EndRings(RingState how = RingState.Cancelled)
    {
        foreach (var ring in State.Rings)
        {
            if (ring.State == RingState.Waiting) EndRing(ring, how);
        }

        return this;
    }

    /// <summary>Takes back the suggestion of anybody but <paramref name="except"/>.</summary>
    public EventWriter EndSuggestion(Dialog dialog, string except) =>
        dialog.Suggested is { } suggested && suggested.UserId != except ? Add(new ParticipantLeft(dialog.Id, suggested.UserId)) : this;

    /// <summary>Puts an agent in charge: nobody else is rung or suggested any more.</summary>
    public EventWriter Assign(Dialog dialog, string userId)
    {
        if (dialog.Type == DialogType.Main) EndRings();
        return EndSuggestion(dialog, except: userId).Add(new ParticipantJoined(dialog.Id, userId, Role.AssignedAgent, ParticipantState.Active));
    }
}
