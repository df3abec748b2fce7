using Parley.Conversations.Events;
using Parley.Journal;

namespace Parley.Server.Ownership;

/// <summary>
/// The client-chosen ids of a live conversation, committed or not. Complete for a conversation opened in this process,
/// so that a first publish costs no look-up on the disk; otherwise the journal is asked.
/// </summary>
internal sealed class KnownEventIds
{
    private const int Kept = 2048;

    private readonly Dictionary<(string DialogId, string OriginatorId, string EventId), MessagePublished> _known = [];
    private bool _isComplete;

    public void Reset(bool isComplete)
    {
        _known.Clear();
        _isComplete = isComplete;
    }

    /// <param name="message">What was decided.</param>
    /// <param name="committedVersion">The version of the conversation that is durable.</param>
    public void Add(MessagePublished message, long committedVersion)
    {
        // Committed ones are found in the journal; those not yet committed are nowhere else.
        if (_known.Count >= Kept)
        {
            foreach (var stored in _known.Values.Where(m => m.Version <= committedVersion).OrderBy(m => m.Version).Take(Kept / 2).ToList())
                _known.Remove((stored.DialogId, stored.OriginatorId, stored.EventId!));
            _isComplete = false;
        }

        _known[(message.DialogId, message.OriginatorId, message.EventId!)] = message;
    }

    public MessagePublished? Find(IJournal journal, string dialogId, string originatorId, string eventId) =>
        _known.TryGetValue((dialogId, originatorId, eventId), out var message) ? message
        : _isComplete ? null
        : journal.FindByEventId(dialogId, originatorId, eventId);
}
