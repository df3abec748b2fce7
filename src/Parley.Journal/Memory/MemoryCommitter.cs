using Parley.Journal.Committing;
using Parley.Journal.Tails;

namespace Parley.Journal.Memory;

/// <summary>Commits to the memory alone, when and as the test wants it.</summary>
internal sealed class MemoryCommitter : GroupCommitter
{
    private readonly Tail _tail;
    private readonly ManualResetEventSlim _released = new(true);
    private TaskCompletionSource _held = new();
    private MemoryFailure? _failure;
    private long _lastGroup;

    public MemoryCommitter(Tail tail)
        : base("memory journal")
    {
        _tail = tail;
        Start();
    }

    public Task Held => Volatile.Read(ref _held).Task;

    public void Hold()
    {
        Volatile.Write(ref _held, new(TaskCreationOptions.RunContinuationsAsynchronously));
        _released.Reset();
    }

    public void Release() => _released.Set();

    public void FailNext(MemoryFailure failure) => Volatile.Write(ref _failure, failure);

    protected override CommitOutcome Commit(List<JournalEntry> group)
    {
        if (!_released.IsSet) Volatile.Read(ref _held).TrySetResult();
        _released.Wait();
        var failure = Interlocked.Exchange(ref _failure, null);
        if (failure is null or { IsStored: true }) _tail.Add(new TailPart(this, ++_lastGroup, group));
        return failure switch
        {
            null => CommitOutcome.Committed,
            { IsUndecided: true } => CommitOutcome.Undecided,
            _ => CommitOutcome.Refused,
        };
    }
}
