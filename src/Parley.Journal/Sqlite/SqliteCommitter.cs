using System.Diagnostics;
using Parley.Journal.Committing;
using Parley.Journal.Encoding;
using Parley.Journal.Tails;

namespace Parley.Journal.Sqlite;

/// <summary>Commits groups to <c>journal.db</c> and finds out what became of a group whose commit failed.</summary>
internal sealed class SqliteCommitter : GroupCommitter, IDisposable
{
    /// <summary>The log may grow to so many times the pages after which it is moved.</summary>
    private const int MostLogs = 4;

    private readonly SqliteJournalOptions _options;
    private readonly JournalFile _file;
    private readonly MessageFile _messages;
    private readonly Tail _tail;
    private readonly Settler _settler;
    private readonly Checkpointer _checkpointer;
    private readonly ITimer _retry;
    private readonly ByteWriter _block = new();
    private long _lastGroup;
    private int _pagesSinceCheckpoint;
    private int _pagesInLog;
    private string? _failure;
    private UndecidedGroup? _undecided;
    private bool _retryIsDue;

    public SqliteCommitter(SqliteJournalOptions options, JournalFile file, MessageFile messages, Tail tail, Settler settler, long lastGroup)
        : base("journal committer")
    {
        _options = options;
        _file = file;
        _messages = messages;
        _tail = tail;
        _settler = settler;
        _lastGroup = lastGroup;
        _checkpointer = new Checkpointer(file.Path, options.Vfs);
        _retry = options.Time.CreateTimer(_ => Retry(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Start();
    }

    /// <summary>Why the last write failed; null when it did not.</summary>
    public string? Failure => Volatile.Read(ref _failure);

    /// <summary>Whether there is a group of which nobody knows whether it is stored: until that is known nothing may be read or written.</summary>
    public bool IsUndecided => Volatile.Read(ref _undecided) is not null;

    /// <summary>Ends the thread; what was queued is committed or refused.</summary>
    public void Dispose()
    {
        Stop();
        _retry.Dispose();
        _checkpointer.Dispose();
    }

    protected override CommitOutcome Commit(List<JournalEntry> group)
    {
        if (!IsUsable() || !_settler.WaitForRoom(_options.TailBytes))
        {
            JournalMetrics.FailedGroups.Add(1);
            return CommitOutcome.Refused;
        }

        var id = ++_lastGroup;
        var outcome = Write(id, group);
        if (outcome == CommitOutcome.Committed) Publish(id, group);
        else JournalMetrics.FailedGroups.Add(1);
        return outcome;
    }

    protected override void AfterGroup()
    {
        if (Volatile.Read(ref _retryIsDue))
        {
            Volatile.Write(ref _retryIsDue, false);
            if (Failure is not null && IsUsable()) Probe();
        }

        if (_pagesSinceCheckpoint > _options.CheckpointPages)
        {
            _pagesSinceCheckpoint = 0;
            _checkpointer.Request();
        }

        if (!_file.IsOpen) return;
        if (_checkpointer.TakeNearlyDone()) FinishCheckpoint();
        if (_pagesInLog > MostLogs * _options.CheckpointPages)
        {
            // The checkpointer does not get the processor: publishers wait rather than the log grow without end.
            _checkpointer.Wait();
            FinishCheckpoint();
        }
    }

    private CommitOutcome Write(long id, List<JournalEntry> group)
    {
        try
        {
            var started = Stopwatch.GetTimestamp();
            var block = GroupCodec.Encode(_block, id, group);
            _file.Append(id, block, _messages.SettledThrough);
            JournalMetrics.CommitDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
            var pages = 2 + block.Length / 4000;
            _pagesSinceCheckpoint += pages;
            _pagesInLog += pages;
            Volatile.Write(ref _failure, null);
            return CommitOutcome.Committed;
        }
        catch (Exception e)
        {
            Fail(e);
            return FindOut(id, group);
        }
    }

    private void Publish(long id, List<JournalEntry> group)
    {
        var (events, bytes) = _tail.Add(new TailPart(_file, id, group));
        if (events >= _options.SettleEvents || bytes > _options.TailBytes / 2) _settler.Request();
        JournalMetrics.Groups.Add(1);
        JournalMetrics.Events.Add(group.Sum(e => e.Events.Length));
    }

    // Opening reads the log from the file, where the commit may have arrived although it was reported as failed. Found is only
    // "stored" once the checkpoint has written and synced it anew; not found is final, because the next commit overwrites the place.
    private CommitOutcome FindOut(long id, List<JournalEntry> group)
    {
        try
        {
            Reopen();
            if (!_file.Contains(id))
            {
                TryEmptyLog();
                return CommitOutcome.Refused;
            }

            _file.CheckpointTruncate();
            return CommitOutcome.Committed;
        }
        catch (Exception e)
        {
            Fail(e);
            _file.Dispose();
            Volatile.Write(ref _undecided, UndecidedGroup.Of(id, group));
            return CommitOutcome.Undecided;
        }
    }

    /// <summary>Tries to end the time of not knowing; what the file holds then is the truth.</summary>
    private bool IsUsable()
    {
        if (_undecided is not { } undecided) return true;
        try
        {
            Reopen();
            if (_file.Contains(undecided.Id))
            {
                _file.CheckpointTruncate();
                foreach (var (events, state) in undecided.Entries) _tail.Add(_file, undecided.Id, events, state);
            }

            Volatile.Write(ref _undecided, null);
            return true;
        }
        catch (Exception e)
        {
            Fail(e);
            _file.Dispose();
            return false;
        }
    }

    private void Reopen()
    {
        _checkpointer.Suspend();
        _file.Dispose();
        _file.Open();
        _checkpointer.Resume();
        _pagesSinceCheckpoint = _pagesInLog = 0;
    }

    private void Probe()
    {
        try
        {
            _file.Probe();
            Volatile.Write(ref _failure, null);
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    private void TryEmptyLog()
    {
        try
        {
            _file.CheckpointTruncate();
        }
        catch (SqliteFailureException)
        {
            _pagesSinceCheckpoint = _options.CheckpointPages; // the pages are safe in the log; the checkpointer gets another try
        }
    }

    private void FinishCheckpoint()
    {
        try
        {
            var (log, done) = _file.CheckpointPassive();
            if (log == done) _pagesInLog = 0; // all of it is moved: the next commit starts the log over
        }
        catch (SqliteFailureException)
        {
            _pagesSinceCheckpoint = _options.CheckpointPages;
        }
    }

    private void Fail(Exception e)
    {
        Volatile.Write(ref _failure, e.Message);
        _retry.Change(_options.RetryInterval, Timeout.InfiniteTimeSpan);
    }

    private void Retry()
    {
        Volatile.Write(ref _retryIsDue, true);
        Nudge();
    }
}
