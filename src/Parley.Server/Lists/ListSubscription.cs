using Parley.Conversations;
using Parley.Journal;
using Parley.Protocol.Dialects;
using Parley.Server.Gateway;
using Parley.Server.Gateway.Frames;
using Parley.Server.Ownership;

namespace Parley.Server.Lists;

/// <summary>
/// A socket's subscription to a conversation list. Until its snapshot is sent it only remembers the newest state of what
/// changes; the snapshot takes these in under the same lock, so nothing is missing and nothing goes back.
/// </summary>
/// <param name="connection">Whose it is.</param>
/// <param name="id">Equal in answer and notifications.</param>
/// <param name="match">What it shows.</param>
/// <param name="former">The subscription whose filter this one replaces, or null.</param>
internal sealed class ListSubscription(Connection connection, string id, ListMatch match, ListSubscription? former = null)
{
    private const int MostForAgents = 1000;
    private const int MostForConsumers = 500;

    /// <summary>The least time between two changes of one conversation that only content caused.</summary>
    public static readonly TimeSpan ContentInterval = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private Dictionary<string, Conversation>? _changedDuringSnapshot = [];
    private Dictionary<string, Sent>? _sent;
    private Dictionary<string, Conversation>? _delayed;

    public string Id => id;
    public Connection Connection => connection;
    public ListMatch Match => match;

    /// <summary>The subscription whose filter this one replaces; null once that is done.</summary>
    public ListSubscription? Former { get; private set; } = former;
    public bool HasEnded { get; private set; }

    /// <summary>So many conversations it shows at first, the most recently updated ones.</summary>
    public int Limit => connection.Principal!.IsAgent ? MostForAgents : MostForConsumers;

    /// <summary>A record as this socket gets it.</summary>
    public byte[] Encoded(RecordFrames record) => record.In(connection.Dialect, !connection.Principal!.IsAgent, connection.HidesRichContent);

    /// <summary>Ends it.</summary>
    public void End()
    {
        lock (_gate) HasEnded = true;
    }

    /// <summary>A conversation reached a committed state. Under the conversation's lock.</summary>
    /// <returns>Whether the change is held back and <see cref="SendDelayed"/> must be called later.</returns>
    public bool Changed(RecordFrames record, bool isContentOnly)
    {
        var conversation = record.Conversation;
        lock (_gate)
        {
            if (HasEnded || connection.IsClosed) return false;
            if (_changedDuringSnapshot is { } changed)
            {
                changed[conversation.Id] = conversation;
                return false;
            }

            var sent = default(Sent);
            var wasSent = _sent is not null && _sent.TryGetValue(conversation.Id, out sent);
            if (wasSent && sent.Version >= conversation.Version) return false;
            if (wasSent && isContentOnly && connection.Time.GetElapsedTime(sent.At) < ContentInterval && match.Matches(conversation))
            {
                (_delayed ??= [])[conversation.Id] = conversation;
                return true;
            }

            Send(record, wasSent);
            return false;
        }
    }

    /// <summary>Sends held-back changes whose time has come.</summary>
    /// <returns>Whether some are still held back.</returns>
    public bool SendDelayed(UserNames names)
    {
        lock (_gate)
        {
            if (HasEnded || connection.IsClosed || _delayed is null) return false;
            var later = new Dictionary<string, Conversation>();
            foreach (var (conversationId, conversation) in _delayed)
            {
                if (connection.Time.GetElapsedTime(_sent![conversationId].At) < ContentInterval) later[conversationId] = conversation;
                else Send(new RecordFrames(names, conversation), wasSent: true);
            }

            _delayed = later.Count > 0 ? later : null;
            return later.Count > 0;
        }
    }

    /// <summary>Sends the answer and the snapshot; from here on changes go out as they happen.</summary>
    /// <param name="slot">The request's slot.</param>
    /// <param name="answer">The answer as a whole frame.</param>
    /// <param name="stored">Committed conversations, most recently updated first, encoded when they match.</param>
    /// <param name="names">Names of users.</param>
    /// <param name="load">Finds a conversation that the former filter showed and this one does not.</param>
    public void SendSnapshot(long slot, byte[] answer, IReadOnlyList<RecordFrames> stored, UserNames names, Func<string, Conversation?> load)
    {
        lock (_gate)
        {
            var records = Merged(stored, names).Where(r => match.Matches(r.Conversation)).OrderByDescending(r => r.Conversation.LastTimestamp).Take(Limit).Reverse();
            var writer = ConversationLists.Begin(Scratch.Notification, connection.Dialect, id, Now);
            var isFirst = true;
            var shown = Former?._sent ?? [];
            Former = null;
            foreach (var record in records)
            {
                (_sent ??= [])[record.Conversation.Id] = new(record.Conversation.Version, connection.Time.GetTimestamp());
                if (shown.Remove(record.Conversation.Id, out var before) && before.Version == record.Conversation.Version) continue;
                Change(record, isDelete: false);
            }

            foreach (var lost in shown.Keys.Select(load).OfType<Conversation>()) Change(new RecordFrames(names, lost), isDelete: true);
            connection.Answer(slot, [.. answer, .. ServerFrame.Seal(ConversationLists.End(writer))]);

            void Change(RecordFrames record, bool isDelete)
            {
                if (!isFirst) writer.Raw(","u8);
                isFirst = false;
                ConversationLists.Change(writer, isDelete, Encoded(record));
            }
        }
    }

    /// <summary>From now on what changes is only remembered, as before the snapshot, until <see cref="TrySendMissing"/>.</summary>
    /// <returns>False while that is so already.</returns>
    public bool TryGather()
    {
        lock (_gate)
        {
            if (_changedDuringSnapshot is not null) return false;
            _changedDuringSnapshot = [];
            return true;
        }
    }

    /// <summary>Sends what differs from what the socket was sent.</summary>
    /// <param name="stored">What the list shows by the store; null when it could not be read.</param>
    /// <param name="names">Names of users.</param>
    /// <param name="load">Finds a conversation that it showed and does not show any more.</param>
    /// <returns>False when something may still be missing.</returns>
    public bool TrySendMissing(IReadOnlyList<RecordFrames>? stored, UserNames names, Func<string, Conversation?> load)
    {
        List<string> unseen;
        lock (_gate)
        {
            var records = Merged(stored ?? [], names);
            if (HasEnded || connection.IsClosed) return true;
            foreach (var record in records.OrderBy(r => r.Conversation.LastTimestamp)) SendIfNewer(record);
            if (stored is null) return false;
            var shown = records.Select(r => r.Conversation.Id).ToHashSet();
            unseen = [.. (_sent ?? []).Keys.Where(id => !shown.Contains(id))];
        }

        // Read without the lock, for which commits wait: what changes meanwhile is newer.
        try
        {
            foreach (var conversation in unseen.Select(load).OfType<Conversation>())
            {
                lock (_gate) SendIfNewer(new RecordFrames(names, conversation));
            }

            return true;
        }
        catch (JournalUnavailableException)
        {
            return false;
        }
    }

    private List<RecordFrames> Merged(IReadOnlyList<RecordFrames> stored, UserNames names)
    {
        var changed = _changedDuringSnapshot!;
        _changedDuringSnapshot = null;
        return
        [
            .. stored.Select(r => changed.Remove(r.Conversation.Id, out var newer) && newer.Version > r.Conversation.Version ? new RecordFrames(names, newer) : r),
            .. changed.Values.Select(c => new RecordFrames(names, c)),
        ];
    }

    private void SendIfNewer(RecordFrames record)
    {
        var sent = default(Sent);
        var wasSent = _sent is not null && _sent.TryGetValue(record.Conversation.Id, out sent);
        if (!wasSent || sent.Version < record.Conversation.Version) Send(record, wasSent);
    }

    private long Now => connection.Time.GetUtcNow().ToUnixTimeMilliseconds();

    private void Send(RecordFrames record, bool wasSent)
    {
        var conversation = record.Conversation;
        var isMatch = match.Matches(conversation);
        if (!isMatch && !wasSent) return;
        if (isMatch) (_sent ??= [])[conversation.Id] = new(conversation.Version, connection.Time.GetTimestamp());
        else _sent?.Remove(conversation.Id);
        _delayed?.Remove(conversation.Id);
        var writer = ConversationLists.Begin(Scratch.Notification, connection.Dialect, id, Now);
        var encoded = Encoded(record);
        connection.Notify(ServerFrame.Seal(ConversationLists.End(ConversationLists.Change(writer, !isMatch, encoded, conversation.ChangeMetadata))));
    }

    private readonly record struct Sent(long Version, long At);
}
