using Parley.Journal.None;
using Parley.Journal.Tests.Support;

namespace Parley.Journal.Tests;

public sealed class NoJournalTests
{
    [Fact]
    public async Task Entries_are_committed_inline_and_only_states_are_kept()
    {
        await using var journal = new NoJournal();
        var completed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        journal.GroupCompleted += () => completed.TrySetResult();
        var conversation = new TestConversation(journal, "c1");
        conversation.Open();
        var message = conversation.Say("hello", "e1");

        Assert.Equal(Outcome.Committed, message.OutcomeNow);
        Facts.Same(conversation.State, journal.Load("c1"));
        Assert.Single(journal.Query(new ConversationQuery("account-1")));
        Assert.Empty(journal.Read("c1", 0, 10, 1000));
        Assert.Null(journal.FindByEventId("c1", "consumer-1", "e1"));
        await completed.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }
}
