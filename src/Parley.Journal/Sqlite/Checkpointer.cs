namespace Parley.Journal.Sqlite;

/// <summary>
/// Moves the journal's log into its file on a thread of its own, so that no publisher waits for it. Under constant load it never
/// quite catches up, so the last few pages are left to the committing thread: only then does the log start over.
/// </summary>
internal sealed class Checkpointer : IDisposable
{
    private readonly string _path;
    private readonly string? _vfs;
    private readonly Lock _connection = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private Database? _database;
    private bool _suspended;
    private bool _stopping;
    private bool _nearlyDone;

    public Checkpointer(string path, string? vfs)
    {
        _path = path;
        _vfs = vfs;
        _thread = new Thread(Run) { IsBackground = true, Name = "journal checkpointer", Priority = ThreadPriority.BelowNormal };
        _thread.Start();
    }

    /// <summary>Starts a run.</summary>
    public void Request() => _wake.Set();

    /// <summary>Whether a run has left so little that the committing thread may finish it; asking takes the answer away.</summary>
    public bool TakeNearlyDone()
    {
        if (!Volatile.Read(ref _nearlyDone)) return false;
        Volatile.Write(ref _nearlyDone, false);
        return true;
    }

    /// <summary>Waits for a run to end.</summary>
    public void Wait()
    {
        lock (_connection)
        {
        }
    }

    /// <summary>Closes the connection and opens none until <see cref="Resume"/>; waits for a run to end.</summary>
    public void Suspend()
    {
        lock (_connection)
        {
            _suspended = true;
            Close();
        }
    }

    public void Resume()
    {
        lock (_connection) _suspended = false;
    }

    public void Dispose()
    {
        Volatile.Write(ref _stopping, true);
        _wake.Set();
        _thread.Join();
        Close();
        _wake.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            _wake.WaitOne();
            if (Volatile.Read(ref _stopping)) return;
            lock (_connection)
            {
                if (!_suspended) Checkpoint();
            }
        }
    }

    // The second round is short: it moves what was written during the first.
    private void Checkpoint()
    {
        try
        {
            _database ??= new Database(_path, _vfs, cacheKilobytes: 1024, autoCheckpointPages: 0);
            _database.CheckpointPassive();
            _database.CheckpointPassive();
        }
        catch (SqliteFailureException)
        {
            Close(); // nothing is lost: the pages stay in the log, and the committing thread's own attempt or the next run moves them
        }

        Volatile.Write(ref _nearlyDone, true);
    }

    private void Close()
    {
        _database?.Dispose();
        _database = null;
    }
}
