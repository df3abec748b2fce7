using System.Collections.Concurrent;

namespace Parley.Journal.Sqlite;

/// <summary>A few reading connections, opened when wanted; one that failed is not used again.</summary>
internal sealed class ReaderPool(string path, string? vfs) : IDisposable
{
    private const int Kept = 4;
    private readonly ConcurrentBag<MessageReader> _idle = [];
    private bool _disposed;

    /// <exception cref="JournalUnavailableException">SQLite could not read.</exception>
    public T Use<T>(Func<MessageReader, T> read)
    {
        MessageReader? reader = null;
        try
        {
            if (!_idle.TryTake(out reader)) reader = new MessageReader(path, vfs);
            var result = read(reader);
            Return(reader);
            return result;
        }
        catch (SqliteFailureException e)
        {
            reader?.Dispose();
            throw new JournalUnavailableException($"The stored messages cannot be read now: {e.Message}", e);
        }
    }

    public void Dispose()
    {
        Volatile.Write(ref _disposed, true);
        while (_idle.TryTake(out var reader)) reader.Dispose();
    }

    private void Return(MessageReader reader)
    {
        if (_idle.Count < Kept && !Volatile.Read(ref _disposed)) _idle.Add(reader);
        else reader.Dispose();
    }
}
