using System.Text.Json;
using Parley.Conversations;
using Parley.Conversations.Events;
using Parley.Journal.Encoding;
using Parley.Journal.Moving;
using Parley.Journal.Tails;

namespace Parley.Journal.Sqlite;

/// <summary>The two files of a folder, read only. Whoever reads has the folder's lock.</summary>
internal sealed class SqliteConversationSource : IConversationSource
{
    // From the row on that holds the place; what comes before it there is passed over.
    private const string EventsAfter = """
        SELECT dialog, sequence, last, body FROM message
        WHERE (dialog, sequence) >= (?1, COALESCE((SELECT MAX(sequence) FROM message WHERE dialog = ?1 AND sequence <= ?2), ?2)) ORDER BY dialog, sequence
        """;

    private readonly Database _messages;
    private readonly UnsettledContent _unsettled;

    /// <exception cref="NewerSchemaException">A newer program wrote the folder.</exception>
    /// <exception cref="InvalidDataException">An older one did, and no server of this version was started on it.</exception>
    /// <exception cref="JournalCorruptException">A stored group is damaged.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public SqliteConversationSource(string folder)
    {
        _messages = Open(Path.Combine(folder, "messages.db"), Schema.Messages);
        try
        {
            Position = _messages.Execute("SELECT value FROM meta WHERE key = 'settled_through'");
            var tail = new Tail(isMeasured: false);
            ReadJournal(Path.Combine(folder, "journal.db"), tail);
            _unsettled = new UnsettledContent(tail);
        }
        catch
        {
            _messages.Dispose();
            throw;
        }
    }

    /// <summary>The last group that was committed.</summary>
    public long Position { get; private set; }

    public long SettledConversations => _messages.Execute("SELECT COUNT(*) FROM conversation");

    public IEnumerable<Conversation> Conversations(string? after) => _unsettled.Over(Settled(after ?? ""), after);

    public IEnumerable<StoredEvent> Events(StoredPlace? after) => _unsettled.Over(Settled(after ?? new StoredPlace("", -1)), after);

    public void Dispose() => _messages.Dispose();

    private static Database Open(string path, string[] schema)
    {
        var database = new Database(path, vfs: null, cacheKilobytes: 8 * 1024, autoCheckpointPages: 0, isReadOnly: true);
        try
        {
            FileVersion.Check(path, database.Execute("PRAGMA user_version"), schema.Length);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private void ReadJournal(string path, Tail tail)
    {
        if (!File.Exists(path)) return;
        using var journal = Open(path, Schema.Journal);
        var load = _messages.Prepare(Queries.Load);
        var recovery = new TailRecovery(tail, Load);
        var rows = journal.Prepare("SELECT id, block FROM journal WHERE id > ? ORDER BY id").Bind(1, Position);
        while (rows.Step())
        {
            Position = rows.Int64(0);
            GroupCodec.Decode(path, Position, rows.Blob(1), (id, events) => recovery.Add(this, Position, id, events));
        }

        Conversation? Load(string id)
        {
            var state = load.Bind(1, id).Step() ? Decode(load.Blob(0)) : null;
            load.Reset();
            return state;
        }
    }

    private IEnumerable<Conversation> Settled(string after)
    {
        var rows = _messages.Prepare("SELECT data FROM conversation WHERE id > ? ORDER BY id").Bind(1, after);
        while (rows.Step()) yield return Decode(rows.Blob(0));
    }

    private IEnumerable<StoredEvent> Settled(StoredPlace after)
    {
        var rows = _messages.Prepare(EventsAfter).Bind(1, after.DialogId).Bind(2, after.Sequence);
        while (rows.Step())
        {
            var (dialog, first, body) = (rows.Text(0), rows.Int64(1), rows.Blob(3).ToArray());
            foreach (var e in rows.IsNull(2) ? [new StoredEvent(dialog, first, body)] : Run(dialog, first, body))
            {
                if (e.Place.CompareTo(after) > 0) yield return e;
            }
        }
    }

    private static List<StoredEvent> Run(string dialog, long first, byte[] body)
    {
        var events = new List<StoredEvent>();
        for (var run = new ByteReader(body); !run.AtEnd;)
        {
            var length = run.Bytes(out _).Length;
            events.Add(new StoredEvent(dialog, first + events.Count, body.AsMemory(body.Length - run.Rest.Length - length, length)));
        }

        return events;
    }

    private static Conversation Decode(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, JournalJson.Default.Conversation)!;
}
