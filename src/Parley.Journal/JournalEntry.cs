using Parley.Conversations;
using Parley.Conversations.Events;

namespace Parley.Journal;

/// <summary>
/// The events of one decision on their way to the disk, or none: then the entry only waits until everything appended
/// before it is decided. Exactly one of the outcomes is reported, on the committing thread, in log order.
/// </summary>
public abstract class JournalEntry
{
    /// <summary>The events to store; empty for an entry that only waits.</summary>
    public ConversationEvent[] Events { get; protected set; } = [];

    /// <summary>The conversation after <see cref="Events"/>; null for an entry that only waits on nothing in particular.</summary>
    public Conversation? StateAfter { get; protected set; }

    /// <summary>The object that decided the entry: when a commit fails, every queued entry of the same object fails with it.</summary>
    public IConversationOwner? Owner { get; protected set; }

    /// <summary>Where a journal of several logs will store the events; set when the entry is appended.</summary>
    internal object? Log { get; set; }

    /// <summary>The events are durable: answer and deliver. Must not block and must not throw.</summary>
    public abstract void Committed();

    /// <summary>Nothing of this entry was or will be stored: answer 503.</summary>
    public abstract void Refused();

    /// <summary>Nothing of this entry was or will be stored here, because another node decides for its conversation now.</summary>
    public virtual void Moved() => Refused();

    /// <summary>It is not known whether the events are stored: give no answer, close the socket.</summary>
    public abstract void Undecided();
}
