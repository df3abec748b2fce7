using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Parley.Bench.SignalR;

/// <summary>Messages in SQLite, clustered by conversation and number; one thread writes, each commit is synced.</summary>
internal sealed class MessageStore
{
    private readonly Channel<Append> _appends = Channel.CreateUnbounded<Append>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<string, long> _next = [];
    private readonly SqliteConnection _connection;
    private readonly int _batch;

    public MessageStore(string file, int batch)
    {
        _batch = batch;
        _connection = new SqliteConnection($"Data Source={file};Pooling=False");
        _connection.Open();
        Execute("PRAGMA journal_mode=WAL");
        Execute("PRAGMA synchronous=FULL");
        Execute("CREATE TABLE messages (conversation TEXT, sequence INTEGER, text TEXT, PRIMARY KEY (conversation, sequence)) WITHOUT ROWID");
        new Thread(Write) { IsBackground = true, Name = "writer" }.Start();
    }

    /// <returns>Its number, once it is on disk.</returns>
    public Task<long> AppendAsync(string conversation, string text)
    {
        var append = new Append(conversation, text, new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously));
        _appends.Writer.TryWrite(append);
        return append.Done.Task;
    }

    private void Write()
    {
        using var insert = _connection.CreateCommand();
        insert.CommandText = "INSERT INTO messages VALUES ($conversation, $sequence, $text)";
        var (conversation, sequence, text) = (insert.Parameters.Add("$conversation", SqliteType.Text), insert.Parameters.Add("$sequence", SqliteType.Integer), insert.Parameters.Add("$text", SqliteType.Text));
        insert.Prepare();
        var written = new List<(Append Append, long Sequence)>();
        while (_appends.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            written.Clear();
            using (var transaction = _connection.BeginTransaction())
            {
                insert.Transaction = transaction;
                while (written.Count < _batch && _appends.Reader.TryRead(out var append))
                {
                    var number = _next.GetValueOrDefault(append.Conversation);
                    (conversation.Value, sequence.Value, text.Value) = (append.Conversation, number, append.Text);
                    insert.ExecuteNonQuery();
                    _next[append.Conversation] = number + 1;
                    written.Add((append, number));
                }

                transaction.Commit();
            }

            foreach (var (append, number) in written) append.Done.SetResult(number);
        }
    }

    private void Execute(string statement)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    private sealed record Append(string Conversation, string Text, TaskCompletionSource<long> Done);
}
