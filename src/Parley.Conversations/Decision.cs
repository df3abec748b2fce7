using Parley.Conversations.Events;

namespace Parley.Conversations;

/// <summary>The outcome of a command: events to store, a refusal, or the first answer of a repeated command.</summary>
public readonly struct Decision
{
    private Decision(ConversationEvent[] events, Refusal? refusal, MessagePublished? repeated)
    {
        Events = events;
        Refusal = refusal;
        Repeated = repeated;
    }

    /// <summary>What happened, in order; empty for a refusal or a repeat.</summary>
    public ConversationEvent[] Events { get; }

    /// <summary>Why nothing happened, or null.</summary>
    public Refusal? Refusal { get; }

    /// <summary>The event an earlier publish with the same id stored, or null.</summary>
    public MessagePublished? Repeated { get; }

    /// <summary>Nothing to do: the command was carried out before.</summary>
    public static Decision Nothing => new([], null, null);

    /// <summary>These events happen.</summary>
    public static Decision Of(params ConversationEvent[] events) => new(events, null, null);

    /// <summary>The publish happened before, as <paramref name="first"/>.</summary>
    public static Decision Repeat(MessagePublished first) => new([], null, first);

    /// <summary>A refusal as decision.</summary>
    public static implicit operator Decision(Refusal refusal) => new([], refusal, null);
}
