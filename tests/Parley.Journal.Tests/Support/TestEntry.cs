using Parley.Conversations;
using Parley.Conversations.Events;

namespace Parley.Journal.Tests.Support;

/// <summary>An entry that remembers what it was told.</summary>
internal sealed class TestEntry : JournalEntry
{
    private readonly TaskCompletionSource<Outcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TestEntry(IConversationOwner? owner, Conversation? stateAfter, params ConversationEvent[] events)
    {
        Owner = owner;
        StateAfter = stateAfter;
        Events = events;
    }

    public Action<TestEntry, Outcome>? Told { get; init; }

    public MessagePublished? Message => Events is [MessagePublished m] ? m : null;

    /// <summary>The outcome; a test that waits in vain fails after half a minute.</summary>
    public Task<Outcome> Outcome => _outcome.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public Outcome? OutcomeNow => _outcome.Task.IsCompletedSuccessfully ? _outcome.Task.Result : null;

    public override void Committed() => Tell(Support.Outcome.Committed);

    public override void Refused() => Tell(Support.Outcome.Refused);

    public override void Undecided() => Tell(Support.Outcome.Undecided);

    public override void Moved() => Tell(Support.Outcome.Moved);

    private void Tell(Outcome outcome)
    {
        Told?.Invoke(this, outcome);
        _outcome.SetResult(outcome);
    }
}
