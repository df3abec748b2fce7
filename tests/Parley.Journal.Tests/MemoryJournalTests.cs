using Parley.Journal.Memory;
using Parley.Journal.Tests.Support;

namespace Parley.Journal.Tests;

public sealed class MemoryJournalTests : JournalConformance
{
    private MemoryJournal Memory => (MemoryJournal)Journal;

    [Fact]
    public async Task A_held_journal_reports_nothing_until_it_is_released()
    {
        Memory.Hold();
        var conversation = new TestConversation(Journal, "c1");
        conversation.Open();
        var message = conversation.Say("held");
        Assert.Null(message.OutcomeNow);
        Assert.Null(Journal.Load("c1"));

        Memory.Release();
        Assert.Equal(Outcome.Committed, await message.Outcome);
    }

    [Fact]
    public async Task Everything_queued_behind_a_refused_group_by_the_same_owner_is_refused_and_the_others_go_on()
    {
        var failing = new TestConversation(Journal, "c1");
        var other = new TestConversation(Journal, "c2");
        await failing.Open().Outcome;
        Memory.Hold();
        Memory.RefuseNextGroup();
        var refused = failing.Say("1");
        var behind = failing.Say("2");
        var waiting = failing.Wait();
        Memory.Release();
        await Task.WhenAll(refused.Outcome, behind.Outcome, waiting.Outcome);

        Assert.Equal((Outcome.Refused, Outcome.Refused, Outcome.Refused), (refused.OutcomeNow, behind.OutcomeNow, waiting.OutcomeNow));
        Assert.Equal(Outcome.Committed, await other.Open().Outcome);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_undecided_group_is_there_afterwards_or_not_as_chosen(bool isStored)
    {
        var conversation = new TestConversation(Journal, "c1");
        await conversation.Open().Outcome;
        Memory.LeaveNextGroupUndecided(isStored);

        Assert.Equal(Outcome.Undecided, await conversation.Say("perhaps").Outcome);
        Assert.Equal(isStored ? 1 : 0, Journal.Read("c1", 0, 10, 1 << 20).Count);
        Assert.True(conversation.IsAbandoned);
    }

    private protected override IJournal Open() => new MemoryJournal();

    private protected override Task SettleAsync() => Task.CompletedTask;

    private protected override void RefuseNextGroup() => Memory.RefuseNextGroup();
}
