using Parley.Conversations;
using Parley.Conversations.Events;
using Parley.Journal;

namespace Parley.Bench.Workloads.Growth;

/// <summary>A whole conversation on its way to the disk.</summary>
internal sealed class HistoryEntry : JournalEntry
{
    private readonly Outcome _outcome;

    public HistoryEntry(ConversationEvent[] events, Conversation state, Outcome outcome)
    {
        (Events, StateAfter, _outcome) = (events, state, outcome);
    }

    public override void Committed() => _outcome.Release();

    public override void Refused() => _outcome.Fail();

    public override void Undecided() => _outcome.Fail();

    /// <summary>What became of all entries together.</summary>
    internal sealed class Outcome(SemaphoreSlim room)
    {
        private volatile bool _hasFailed;

        public bool HasFailed => _hasFailed;

        public void Release() => room.Release();

        public void Fail()
        {
            _hasFailed = true;
            room.Release();
        }
    }
}
