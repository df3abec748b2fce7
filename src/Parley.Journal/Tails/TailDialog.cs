using System.Runtime.InteropServices;
using Parley.Conversations.Events;
using Parley.Journal.Encoding;

namespace Parley.Journal.Tails;

/// <summary>The unsettled events of one dialog: contiguous, ascending, packed.</summary>
/// <param name="firstSequence">The number of the first that will be added.</param>
internal sealed class TailDialog(long firstSequence)
{
    private readonly List<ReadOnlyMemory<byte>> _messages = [];
    private Dictionary<(string Originator, string EventId), int>? _byEventId;

    public long FirstSequence => firstSequence;

    public int Count => _messages.Count;

    /// <summary>The packed events, in order.</summary>
    public ReadOnlySpan<ReadOnlyMemory<byte>> Packed => CollectionsMarshal.AsSpan(_messages);

    /// <summary>Those that their publishers gave ids.</summary>
    public IEnumerable<(string Originator, string EventId, long Sequence)> EventIds =>
        _byEventId?.Select(e => (e.Key.Originator, e.Key.EventId, firstSequence + e.Value)) ?? [];

    public void Add(string originatorId, string? eventId, ReadOnlyMemory<byte> packed)
    {
        if (eventId is not null) (_byEventId ??= []).TryAdd((originatorId, eventId), _messages.Count);
        _messages.Add(packed);
    }

    public MessagePublished? Find(string originatorId, string eventId) =>
        _byEventId is not null && _byEventId.TryGetValue((originatorId, eventId), out var index) ? MessageCodec.Read(_messages[index].Span) : null;
}
