namespace Parley.Journal.Committing;

/// <summary>
/// Collects entries and commits, on one thread of its own, whatever was queued while the last commit ran. It tells every entry its
/// outcome in log order and holds the rule of a failed commit: owners abandon first, then everything of theirs is refused.
/// </summary>
internal abstract class GroupCommitter
{
    private readonly object _gate = new();
    private readonly Thread _thread;
    private List<JournalEntry> _queue = [];
    private List<JournalEntry> _spare = [];
    private bool _nudged;
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
                if (_queue.Count == 1) Monitor.Pulse(_gate);
                return;
            }
        }

        Tell(entry, CommitOutcome.Refused);
    }

    /// <summary>Lets the thread go round once, so that <see cref="AfterGroup"/> runs without a group.</summary>
    public void Nudge()
    {
        lock (_gate)
        {
            _nudged = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Commits what is queued and ends the thread; what is appended later is refused.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.Pulse(_gate);
        }

        if (_thread.IsAlive) _thread.Join();
    }

    /// <summary>Makes the group durable. The group has at least one entry with events; must not throw.</summary>
    protected abstract CommitOutcome Commit(List<JournalEntry> group);

    /// <summary>After <see cref="CommitOutcome.Mixed"/>: the outcome of an entry with events, the same for all entries of an owner.</summary>
    protected virtual CommitOutcome OutcomeOf(JournalEntry entry) => throw new NotSupportedException();

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

    // Waits for entries, a nudge or the end; an empty group after a nudge, null at the end.
    private List<JournalEntry>? Collect()
    {
        lock (_gate)
        {
            while (_queue.Count == 0 && !_nudged)
            {
                _stopped = _stopping;
                if (_stopped) return null;
                Monitor.Wait(_gate);
            }

            _nudged = false;
            (_queue, _spare) = (_spare, _queue);
            return _spare;
        }
    }

    // Once Abandon has returned nothing more comes from that owner, so one look at the queue finds all that is left of it.
    private void Fail(List<JournalEntry> group, CommitOutcome outcome)
    {
        var failed = new Dictionary<IConversationOwner, CommitOutcome>(ReferenceEqualityComparer.Instance);
        foreach (var entry in group)
        {
            if (entry.Events.Length > 0 && entry.Owner is { } owner && Of(entry) is var own and not CommitOutcome.Committed && failed.TryAdd(owner, own))
                Abandon(owner);
        }

        var orphans = new List<JournalEntry>();
        lock (_gate)
        {
            _queue.RemoveAll(entry =>
            {
                var orphaned = entry.Owner is { } owner && failed.ContainsKey(owner);
                if (orphaned) orphans.Add(entry);
                return orphaned;
            });
        }

        // What only waited, for somebody who lost nothing, has waited long enough.
        foreach (var entry in group)
            Tell(entry, entry.Events.Length > 0 ? Of(entry) : entry.Owner is { } owner ? failed.GetValueOrDefault(owner) : CommitOutcome.Committed);
        foreach (var entry in orphans) Tell(entry, failed[entry.Owner!] == CommitOutcome.Moved ? CommitOutcome.Moved : CommitOutcome.Refused);

        CommitOutcome Of(JournalEntry entry) => outcome == CommitOutcome.Mixed ? OutcomeOf(entry) : outcome;
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
                case CommitOutcome.Moved: entry.Moved(); break;
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
