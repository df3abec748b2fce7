using Parley.Conversations.Events;

namespace Parley.Journal.Tails;

/// <summary>The unsettled events of one dialog: contiguous, ascending.</summary>
internal sealed class TailDialog
{
    private Dictionary<(string Originator, string EventId), MessagePublished>? _byEventId;

    public List<MessagePublished> Messages { get; } = [];

    public long FirstSequence => Messages[0].Sequence;

    public void Add(MessagePublished m)
    {
        Messages.Add(m);
        if (m.EventId is not null) (_byEventId ??= []).TryAdd((m.OriginatorId, m.EventId), m);
    }

    public MessagePublished? Find(string originatorId, string eventId) => _byEventId?.GetValueOrDefault((originatorId, eventId));
}
