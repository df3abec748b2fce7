using System.Buffers;
using System.Text.Json;
using Parley.Conversations;
using Parley.Journal.Encoding;
using Parley.Journal.Tails;

namespace Parley.Journal.Sqlite;

/// <summary><c>messages.db</c>, as the settling thread writes it.</summary>
internal sealed class MessageFile(string path, string? vfs) : IDisposable
{
    // About four pages: few enough rows, and not much to read for one event.
    private const int RunBytes = 16_000;

    private readonly ByteWriter _run = new();
    private readonly ArrayBufferWriter<byte> _json = new();
    private Database? _database;
    private Statement? _message, _eventId, _conversation, _leaves, _joins, _settledThrough;
    private long _settled;

    /// <summary>The last group whose events are in their final table, synced.</summary>
    public long SettledThrough => Volatile.Read(ref _settled);

    /// <summary>Opens the file and makes sure that what its log holds is on the disk: the journal's rows behind it may be dropped.</summary>
    public void Open()
    {
        var database = new Database(path, vfs, cacheKilobytes: 64 * 1024, autoCheckpointPages: 1_000);
        try
        {
            Schema.Upgrade(database, Schema.Messages);
            database.CheckpointTruncate();
            _message = database.Prepare("INSERT INTO message(dialog, sequence, last, originator, body) VALUES(?, ?, ?, '', ?)");
            _eventId = database.Prepare("INSERT INTO event_id(dialog, originator, id, sequence) VALUES(?, ?, ?, ?)");
            _conversation = database.Prepare("""
                INSERT INTO conversation(id, account, consumer, stage, updated, version, data) VALUES(?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT(id) DO UPDATE SET consumer = excluded.consumer, stage = excluded.stage, updated = excluded.updated, version = excluded.version, data = excluded.data
                """);
            _leaves = database.Prepare("DELETE FROM participation WHERE conversation = ?");
            _joins = database.Prepare("INSERT INTO participation(conversation, agent, account, stage, updated) VALUES(?, ?, ?, ?, ?)");
            _settledThrough = database.Prepare("UPDATE meta SET value = ? WHERE key = 'settled_through'");
            _database = database;
            Volatile.Write(ref _settled, database.Execute("SELECT value FROM meta WHERE key = 'settled_through'"));
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Stores a generation in one synced transaction. After a failure the file is closed; the next call opens it and sees what became of the last one.</summary>
    public void Settle(TailGeneration generation)
    {
        try
        {
            var lastGroup = generation.LastGroups.Values.Single();
            if (_database is null) Open();
            if (SettledThrough >= lastGroup) return;
            _database!.Transaction(() => Write(generation, lastGroup));
            Volatile.Write(ref _settled, lastGroup);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Folds the log into the file: the orderly end.</summary>
    public void Finish()
    {
        _database!.CheckpointTruncate();
        _database.RemoveLogOnClose();
    }

    public void Dispose()
    {
        _database?.Dispose();
        _database = null;
    }

    // In the order of the keys, so that neighbouring rows share the pages that are written.
    private void Write(TailGeneration generation, long lastGroup)
    {
        foreach (var (id, dialog) in generation.Dialogs.OrderBy(d => d.Key, StringComparer.Ordinal))
        {
            WriteRuns(id, dialog);
            _eventId!.Bind(1, id);
            foreach (var (originator, eventId, sequence) in dialog.EventIds) _eventId.Bind(2, originator).Bind(3, eventId).Bind(4, sequence).Run();
        }

        using var writer = new Utf8JsonWriter(_json);
        foreach (var (id, state) in generation.Conversations.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            _json.ResetWrittenCount();
            writer.Reset();
            JsonSerializer.Serialize(writer, state, JournalJson.Default.Conversation);
            _conversation!.Bind(1, id).Bind(2, state.AccountId).Bind(3, state.ConsumerId).Bind(4, (long)state.Stage)
                .Bind(5, state.LastTimestamp).Bind(6, state.Version).Bind(7, _json.WrittenSpan).Run();
            _leaves!.Bind(1, id).Run();
            _joins!.Bind(1, id).Bind(3, state.AccountId).Bind(4, (long)state.Stage).Bind(5, state.LastTimestamp);
            foreach (var agent in state.AgentIds) _joins.Bind(2, agent).Run();
        }

        _settledThrough!.Bind(1, lastGroup).Run();
    }

    private void WriteRuns(string id, TailDialog dialog)
    {
        _run.Clear();
        _message!.Bind(1, id);
        var first = dialog.FirstSequence;
        var next = first;
        foreach (var packed in dialog.Packed)
        {
            if (next > first && _run.Length + packed.Length > RunBytes) WriteRun();
            _run.Bytes(packed.Span);
            next++;
        }

        WriteRun();

        void WriteRun()
        {
            _message.Bind(2, first).Bind(3, next - 1).Bind(4, _run.Written).Run();
            _run.Clear();
            first = next;
        }
    }
}
