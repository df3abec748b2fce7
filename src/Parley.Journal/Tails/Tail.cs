using Parley.Conversations;
using Parley.Conversations.Events;
using Parley.Journal.Encoding;

namespace Parley.Journal.Tails;

/// <summary>
/// What is committed but not settled, in two generations: the one that grows and the one being settled. A reader asks the tail
/// first and the table afterwards: what settles in between is then found in the table, and nothing falls through the seam.
/// </summary>
/// <param name="isMeasured">Whether the metrics count it: false for one that only serves a single read.</param>
internal sealed class Tail(bool isMeasured = true)
{
    private readonly Lock _gate = new();
    private TailGeneration _current = new();
    private TailGeneration? _settling;

    /// <summary>Committed but not settled.</summary>
    public long Bytes
    {
        get { lock (_gate) return _current.Bytes + (_settling?.Bytes ?? 0); }
    }

    /// <summary>Adds a committed group: all of it becomes visible at once.</summary>
    /// <returns>Events and bytes of the generation that grows.</returns>
    public (int Events, long Bytes) Add(params ReadOnlySpan<TailPart> parts)
    {
        lock (_gate)
        {
            var before = _current.Bytes;
            foreach (var part in parts)
            {
                foreach (var entry in part.Entries)
                {
                    if (entry.Events.Length > 0) _current.Add(part.Log, part.Group, entry.Events, entry.StateAfter!);
                }
            }

            Measure(_current.Bytes - before);
            return (_current.Events, _current.Bytes);
        }
    }

    /// <summary>Adds one entry of a group read back from the journal.</summary>
    public void Add(object log, long group, ConversationEvent[] events, Conversation stateAfter)
    {
        lock (_gate)
        {
            var before = _current.Bytes;
            _current.Add(log, group, events, stateAfter);
            Measure(_current.Bytes - before);
        }
    }

    /// <summary>The generation to settle now: the one whose settling failed before, or the current one; null when there is nothing.</summary>
    public TailGeneration? BeginSettling()
    {
        lock (_gate)
        {
            if (_settling is null && !_current.IsEmpty)
            {
                _settling = _current;
                _current = new TailGeneration();
            }

            return _settling;
        }
    }

    /// <summary>The generation is in the table for good.</summary>
    public void EndSettling()
    {
        lock (_gate)
        {
            Measure(-_settling!.Bytes);
            _settling.Release();
            _settling = null;
        }
    }

    /// <summary>Drops what is of a log that is somebody else's now. A settling under way goes on with what it was given.</summary>
    public void Forget(object log, Predicate<string> isOfLog)
    {
        lock (_gate)
        {
            var before = _current.Bytes + (_settling?.Bytes ?? 0);
            _current = _current.Without(log, isOfLog);
            _settling = _settling?.Without(log, isOfLog);
            Measure(_current.Bytes + (_settling?.Bytes ?? 0) - before);
        }
    }

    public Conversation? Load(string conversationId)
    {
        lock (_gate)
            return _current.Conversations.GetValueOrDefault(conversationId) ?? _settling?.Conversations.GetValueOrDefault(conversationId);
    }

    /// <summary>The unsettled conversations of an account, or of one consumer, by id.</summary>
    public Dictionary<string, Conversation> Conversations(string accountId, string? consumerId)
    {
        var found = new Dictionary<string, Conversation>();
        lock (_gate)
        {
            Collect(_settling);
            Collect(_current); // the newer state wins
        }

        return found;

        void Collect(TailGeneration? generation)
        {
            if (generation is null) return;
            var states = consumerId is null ? generation.Conversations.Values
                : generation.ByConsumer.TryGetValue((accountId, consumerId), out var ids) ? ids.Select(id => generation.Conversations[id])
                : [];
            foreach (var state in states)
            {
                if (state.AccountId == accountId) found[state.Id] = state;
            }
        }
    }

    public MessagePublished? Find(string dialogId, string originatorId, string eventId)
    {
        lock (_gate)
        {
            return _current.Dialogs.GetValueOrDefault(dialogId)?.Find(originatorId, eventId)
                ?? _settling?.Dialogs.GetValueOrDefault(dialogId)?.Find(originatorId, eventId);
        }
    }

    /// <summary>
    /// The events of a dialog from <paramref name="fromSequence"/> on: at most so many, and none after those whose bodies make
    /// <paramref name="maxBytes"/> together.
    /// </summary>
    /// <param name="table">Reads what is settled; null when nothing ever is.</param>
    public List<MessagePublished> Read(string dialogId, long fromSequence, int maxEvents, int maxBytes, TableRead? table = null)
    {
        var from = Math.Max(0, fromSequence);
        var (held, heldFrom) = ReadHeld(dialogId, from, maxEvents, maxBytes);
        var bytes = 0L;
        var events = new List<MessagePublished>();
        if (from < heldFrom) table?.Invoke(from, heldFrom, events, IsEnough);
        foreach (var m in held)
        {
            if (bytes >= maxBytes && events.Count > 0) break;
            events.Add(m);
            IsEnough(m);
        }

        return events;

        bool IsEnough(MessagePublished m) => (bytes += m.Body.Length) >= maxBytes;
    }

    // The unsettled ones that a read may take, and the number from which on the tail holds everything (long.MaxValue when it holds
    // nothing of the dialog): what is below is in the table.
    private (List<MessagePublished> Events, long HeldFrom) ReadHeld(string dialogId, long from, int maxEvents, int maxBytes)
    {
        var events = new List<MessagePublished>();
        var bytes = 0L;
        lock (_gate)
        {
            var older = _settling?.Dialogs.GetValueOrDefault(dialogId);
            var newer = _current.Dialogs.GetValueOrDefault(dialogId);
            if ((older ?? newer) is not { } first) return (events, long.MaxValue);

            var room = maxEvents - Math.Max(0, first.FirstSequence - from);
            Take(older);
            Take(newer);
            return (events, first.FirstSequence);

            // Unpacked under the lock that commits wait for: no more than is asked for.
            void Take(TailDialog? dialog)
            {
                if (dialog is null) return;
                for (var i = Math.Max(0, from - dialog.FirstSequence); i < dialog.Count; i++)
                {
                    if (events.Count >= room || (bytes >= maxBytes && events.Count > 0)) return;
                    var m = MessageCodec.Read(dialog.Packed[(int)i].Span);
                    events.Add(m);
                    bytes += m.Body.Length;
                }
            }
        }
    }

    private void Measure(long bytes)
    {
        if (isMeasured) JournalMetrics.TailBytes.Add(bytes);
    }
}
