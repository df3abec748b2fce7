using System.Buffers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Parley.Server.Files;

namespace Parley.Accounts.Postgres.Files;

/// <summary>
/// Files in pieces, each a row. An upload gets a number, and its pieces are committed as they come: a slow sender keeps no transaction
/// open. Its path shows it once it is whole. What is deleted is not shown any more, and its pieces stay for those who read them
/// just then, an hour at least.
/// </summary>
public sealed class PostgresFileStore : IFileStore, IDisposable
{
    internal const int PieceBytes = 256 * 1024;

    private static readonly TimeSpan LongestReading = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestUpload = TimeSpan.FromDays(1);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(10);

    private readonly NpgsqlDataSource _database;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ITimer _sweeping;

    /// <param name="database">Has the <see cref="FileTables"/>; stays open when the store closes.</param>
    /// <param name="time">The clock of what is removed late.</param>
    /// <param name="log">Told when it cannot be removed.</param>
    public PostgresFileStore(NpgsqlDataSource database, TimeProvider time, ILogger<PostgresFileStore>? log = null)
    {
        (_database, _time, _log) = (database, time, log ?? NullLogger<PostgresFileStore>.Instance);
        _sweeping = time.CreateTimer(_ => _ = SweepAsync(), null, SweepEvery, SweepEvery);
    }

    private long NowTs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task<long?> PutAsync(FilePath path, Stream content, long mostBytes, CancellationToken cancellationToken)
    {
        var upload = (long)(await RunAsync("INSERT INTO file_upload(path, begun_ts) VALUES($1, $2) RETURNING id", cancellationToken, path.ToString(), NowTs))!;
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        var isShown = false;
        try
        {
            long size = 0;
            for (var number = 0; await content.ReadAtLeastAsync(piece.AsMemory(0, PieceBytes), PieceBytes, throwOnEndOfStream: false, cancellationToken) is > 0 and var read; number++)
            {
                size += read;
                if (size > mostBytes) return null;
                await RunAsync("INSERT INTO file_piece(upload, number, content) VALUES($1, $2, $3)", cancellationToken, upload, number, piece.AsMemory(0, read));
            }

            cancellationToken.ThrowIfCancellationRequested();
            await ShowAsync(path, upload, size);
            isShown = true;
            return size;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
            if (!isShown) await AbandonAsync(upload);
        }
    }

    public async Task<Stream?> OpenAsync(FilePath path, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = Command("SELECT id, bytes FROM file_upload WHERE path = $1 AND bytes IS NOT NULL AND gone_ts IS NULL", path.ToString());
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            return await reader.ReadAsync(cancellationToken) ? new PieceStream(_database, reader.GetInt64(0), reader.GetInt64(1)) : null;
        }
        catch (NpgsqlException e)
        {
            throw Trouble(e);
        }
    }

    public async Task<bool> ExistsAsync(FilePath path, CancellationToken cancellationToken) =>
        await RunAsync("SELECT id FROM file_upload WHERE path = $1 AND bytes IS NOT NULL AND gone_ts IS NULL", cancellationToken, path.ToString()) is not null;

    public Task DeleteAsync(FilePath path, CancellationToken cancellationToken) => RunAsync(
        """
        WITH unfinished AS (DELETE FROM file_upload WHERE path = $1 AND bytes IS NULL)
        UPDATE file_upload SET gone_ts = $2 WHERE path = $1 AND bytes IS NOT NULL AND gone_ts IS NULL
        """,
        cancellationToken, path.ToString(), NowTs);

    public void Dispose() => _sweeping.Dispose();

    /// <summary>Removes what was deleted a while ago, and what processes that died left of uploads.</summary>
    internal async Task SweepAsync()
    {
        try
        {
            await RunAsync(
                "DELETE FROM file_upload WHERE (bytes IS NULL AND begun_ts <= $1) OR gone_ts <= $2", CancellationToken.None,
                NowTs - (long)LongestUpload.TotalMilliseconds, NowTs - (long)LongestReading.TotalMilliseconds);
        }
        catch (Exception e) // nobody awaits this; the next one tries again
        {
            LogMessages.SweepFailed(_log, e);
        }
    }

    private static IOException Trouble(NpgsqlException e) => new("The database cannot be used now.", e);

    // A batch is one transaction: there is no moment without a file where there was one.
    private async Task ShowAsync(FilePath path, long upload, long size)
    {
        try
        {
            await using var connection = await _database.OpenConnectionAsync();
            await using var batch = new NpgsqlBatch(connection)
            {
                BatchCommands =
                {
                    new("UPDATE file_upload SET gone_ts = $2 WHERE path = $1 AND bytes IS NOT NULL AND gone_ts IS NULL AND EXISTS(SELECT FROM file_upload WHERE id = $3)")
                    {
                        Parameters = { Value(path.ToString()), Value(NowTs), Value(upload) },
                    },
                    new("UPDATE file_upload SET bytes = $2 WHERE id = $1 RETURNING id") { Parameters = { Value(upload), Value(size) } },
                },
            };
            await using var reader = await batch.ExecuteReaderAsync();
            if (!await reader.ReadAsync()) throw new IOException("The file was deleted while it came.");
        }
        catch (NpgsqlException e)
        {
            throw Trouble(e);
        }
    }

    // What cannot be removed now is swept later; why the upload failed is told, not this.
    private async Task AbandonAsync(long upload)
    {
        try
        {
            await RunAsync("DELETE FROM file_upload WHERE id = $1", CancellationToken.None, upload);
        }
        catch (IOException)
        {
        }
    }

    private async Task<object?> RunAsync(string sql, CancellationToken cancellationToken, params object[] values)
    {
        try
        {
            await using var command = Command(sql, values);
            return await command.ExecuteScalarAsync(cancellationToken);
        }
        catch (NpgsqlException e)
        {
            throw Trouble(e);
        }
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = _database.CreateCommand(sql);
        Array.ForEach(values, value => command.Parameters.Add(Value(value)));
        return command;
    }

    private static NpgsqlParameter Value(object value) => new() { Value = value };
}
