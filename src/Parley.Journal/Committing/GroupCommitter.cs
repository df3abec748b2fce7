namespace Parley.Journal.Committing;

/// <summary>
/// Collects entries and commits, on one thread of its own, whatever was queued while the last commit ran. It tells every entry its
/// outcome in log order and holds the rule of a failed commit: owners abandon first, then everything of theirs is refused.
/// </summary>
internal abstract class GroupCommitter
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly Thread _thread;
    private List<JournalEntry> _queue = [];
    private List<JournalEntry> _spare = [];
    private bool _sleeping;
    private bool _stopping;
    private bool _stopped;

    protected GroupCommitter(string threadName) => _thread = new Thread(Run) { IsBackground = true, Name = threadName };

    public event Action? GroupCompleted;

    public void Start() => _thread.Start();

    public void Append(JournalEntry entry)
    {
        lock (_gate)
        {
            if (!_stopped)
            {
                _queue.Add(entry);
                WakeUp();
                return;
            }
        }

        Tell(entry, CommitOutcome.Refused);
    }

    /// <summary>Lets the thread go round once, so that <see cref="AfterGroup"/> runs without a group.</summary>
    public void Nudge()
    {
        lock (_gate) WakeUp();
    }

    /// <summary>Commits what is queued and ends the thread; what is appended later is refused.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopping = true;
            WakeUp();
        }

        if (_thread.IsAlive) _thread.Join();
    }

    /// <summary>Makes the group durable. The group has at least one entry with events; must not throw.</summary>
    protected abstract CommitOutcome Commit(List<JournalEntry> group);

    /// <summary>Runs on the committing thread after each group and each <see cref="Nudge"/>; must not throw.</summary>
    protected virtual void AfterGroup()
    {
    }

    private void Run()
    {
        while (Collect() is { } group)
        {
            if (group.Count > 0)
            {
                var outcome = group.Exists(e => e.Events.Length > 0) ? Commit(group) : CommitOutcome.Committed;
                if (outcome == CommitOutcome.Committed)
                {
                    foreach (var entry in group) Tell(entry, outcome);
                }
                else
                {
                    Fail(group, outcome);
                }

                group.Clear();
                RaiseGroupCompleted();
            }

            AfterGroup();
        }
    }

    private List<JournalEntry>? Collect()
    {
        lock (_gate)
        {
            if (_queue.Count > 0) return Swap();
            if (_stopping)
            {
                _stopped = true;
                return null;
            }

            _sleeping = true;
        }

        _wake.Wait();
        lock (_gate) return Swap();
    }

    private List<JournalEntry> Swap()
    {
        var group = _queue;
        _queue = _spare;
        _spare = group;
        return group;
    }

    private void WakeUp()
    {
        if (!_sleeping) return;
        _sleeping = false;
        _wake.Release();
    }

    // Once Abandon has returned nothing more comes from that owner, so one look at the queue finds all that is left of it.
    private void Fail(List<JournalEntry> group, CommitOutcome outcome)
    {
        var owners = new HashSet<IConversationOwner>(ReferenceEqualityComparer.Instance);
        foreach (var entry in group)
        {
            if (entry.Events.Length > 0 && entry.Owner is { } owner && owners.Add(owner)) Abandon(owner);
        }

        var orphans = new List<JournalEntry>();
        lock (_gate)
        {
            _queue.RemoveAll(entry =>
            {
                var orphaned = entry.Owner is { } owner && owners.Contains(owner);
                if (orphaned) orphans.Add(entry);
                return orphaned;
            });
        }

        // What only waited, for somebody who lost nothing, has waited long enough.
        foreach (var entry in group)
            Tell(entry, entry.Events.Length > 0 || (entry.Owner is { } owner && owners.Contains(owner)) ? outcome : CommitOutcome.Committed);
        foreach (var entry in orphans) Tell(entry, CommitOutcome.Refused);
    }

    // Whoever throws here has a bug of his own; the others' outcomes and the thread must not suffer from it.
    private static void Tell(JournalEntry entry, CommitOutcome outcome)
    {
        try
        {
            switch (outcome)
            {
                case CommitOutcome.Committed: entry.Committed(); break;
                case CommitOutcome.Refused: entry.Refused(); break;
                default: entry.Undecided(); break;
            }
        }
        catch (Exception)
        {
            JournalMetrics.ListenerFailures.Add(1);
        }
    }

    private static void Abandon(IConversationOwner owner)
    {
        try
        {
            owner.Abandon();
        }
        catch (Exception)
        {
            JournalMetrics.ListenerFailures.Add(1);
        }
    }

    private void RaiseGroupCompleted()
    {
        try
        {
            GroupCompleted?.Invoke();
        }
        catch (Exception)
        {
            JournalMetrics.ListenerFailures.Add(1);
        }
    }
}
