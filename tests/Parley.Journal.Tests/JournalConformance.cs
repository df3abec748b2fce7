using Parley.Conversations;
using Parley.Journal.Tests.Support;

namespace Parley.Journal.Tests;

/// <summary>What every journal promises; the subclasses say how one is opened, settled and made to fail.</summary>
public abstract class JournalConformance : IAsyncLifetime
{
    private protected IJournal Journal { get; private set; } = null!;

    public ValueTask InitializeAsync()
    {
        Journal = Open();
        return ValueTask.CompletedTask;
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Journal.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_committed_event_is_visible_to_every_read_when_it_is_reported()
    {
        var seen = new TaskCompletionSource<(Conversation? State, int Events, bool Found, int Listed)>(TaskCreationOptions.RunContinuationsAsynchronously);
        var conversation = new TestConversation(Journal, "c1")
        {
            Told = (entry, _) =>
            {
                if (entry.Message is null) return;
                seen.SetResult((Journal.Load("c1"), Journal.Read("c1", 0, 10, 1 << 20).Count,
                    Journal.FindByEventId("c1", "consumer-1", "e1") is not null, Journal.Query(new ConversationQuery("account-1")).Count));
            },
        };
        conversation.Open();
        conversation.Say("hello", "e1");

        var (state, events, found, listed) = await seen.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Facts.Same(conversation.State, state);
        Assert.Equal((1, true, 1), (events, found, listed));
    }

    [Fact]
    public async Task Nothing_is_visible_that_was_never_appended()
    {
        await new TestConversation(Journal, "c1").Open().Outcome;

        Assert.Null(Journal.Load("c2"));
        Assert.Empty(Journal.Read("c1", 0, 10, 1 << 20));
        Assert.Null(Journal.FindByEventId("c1", "consumer-1", "e1"));
        Assert.Empty(Journal.Query(new ConversationQuery("account-2")));
    }

    [Fact]
    public async Task Entries_are_reported_in_the_order_they_were_appended()
    {
        var told = new List<TestEntry>();
        var appended = new List<TestEntry>();
        var conversations = Enumerable.Range(0, 5).Select(i => new TestConversation(Journal, $"c{i}") { Told = (e, _) => told.Add(e) }).ToList();
        foreach (var c in conversations) appended.Add(c.Open());
        for (var i = 0; i < 200; i++) appended.Add(i % 7 == 0 ? conversations[i % 5].Wait() : conversations[i % 5].Say($"{i}"));
        await Task.WhenAll(appended.Select(e => e.Outcome));

        Assert.Equal(appended, told);
    }

    [Fact]
    public async Task An_entry_without_events_is_reported_after_everything_before_it()
    {
        var conversation = new TestConversation(Journal, "c1");
        conversation.Open();
        var message = conversation.Say("hello");
        var waiting = conversation.Wait();

        Assert.Equal(Outcome.Committed, await waiting.Outcome);
        Assert.Equal(Outcome.Committed, message.OutcomeNow);
    }

    [Fact]
    public async Task A_group_is_announced_complete_after_its_entries_were_told()
    {
        var complete = new TaskCompletionSource<Outcome?>(TaskCreationOptions.RunContinuationsAsynchronously);
        TestEntry? entry = null;
        var appended = new ManualResetEventSlim();
        Journal.GroupCompleted += () =>
        {
            appended.Wait(TimeSpan.FromSeconds(30));
            complete.TrySetResult(entry!.OutcomeNow);
        };
        entry = new TestConversation(Journal, "c1").Open();
        appended.Set();

        Assert.Equal(Outcome.Committed, await complete.Task.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Whoever_throws_hurts_nobody_else()
    {
        Journal.GroupCompleted += () => throw new InvalidOperationException("listener");
        var thrower = new TestConversation(Journal, "c1") { Told = (_, _) => throw new InvalidOperationException("entry") };
        var other = new TestConversation(Journal, "c2");
        thrower.Open();

        Assert.Equal(Outcome.Committed, await other.Open().Outcome);
        Assert.Equal(Outcome.Committed, await other.Say("still here").Outcome);
    }

    [Fact]
    public async Task Reads_are_contiguous_wherever_the_seam_between_table_and_tail_lies()
    {
        var conversation = new TestConversation(Journal, "c1");
        conversation.Open();
        var said = new List<TestEntry>();
        for (var round = 0; round < 4; round++)
        {
            for (var i = 0; i < 5; i++) said.Add(conversation.Say($"{round}.{i}"));
            await conversation.Wait().Outcome;
            for (var from = 0; from <= said.Count; from++)
            {
                for (var max = 1; max <= said.Count + 1; max++)
                    Facts.Same(said.Skip(from).Take(max).Select(e => e.Message!), Journal.Read("c1", from, max, 1 << 20));
            }

            if (round % 2 == 0) await SettleAsync();
        }
    }

    [Fact]
    public async Task A_read_stops_after_the_event_that_reaches_the_bytes_wanted()
    {
        var conversation = new TestConversation(Journal, "c1");
        conversation.Open();
        for (var i = 0; i < 3; i++) conversation.Say("settled");
        await conversation.Wait().Outcome;
        await SettleAsync();
        for (var i = 0; i < 3; i++) conversation.Say("settled");
        await conversation.Wait().Outcome;
        var size = TestConversation.Body("settled").Length;

        Assert.Single(Journal.Read("c1", 0, 10, 1));
        Assert.Single(Journal.Read("c1", 0, 10, size));
        Assert.Equal(2, Journal.Read("c1", 0, 10, size + 1).Count);
        Assert.Equal(4, Journal.Read("c1", 0, 10, (3 * size) + 1).Count);
        Assert.Single(Journal.Read("c1", 4, 10, 1));
    }

    [Fact]
    public async Task An_event_is_found_by_its_dialog_originator_and_id_alone()
    {
        var conversation = new TestConversation(Journal, "c1");
        conversation.Open();
        var settled = conversation.Say("first", "e1");
        await settled.Outcome;
        await SettleAsync();
        var unsettled = conversation.Say("second", "e2");
        await unsettled.Outcome;

        Facts.Same([settled.Message!], [Journal.FindByEventId("c1", "consumer-1", "e1")!]);
        Facts.Same([unsettled.Message!], [Journal.FindByEventId("c1", "consumer-1", "e2")!]);
        Assert.Null(Journal.FindByEventId("c1", "agent-1", "e1"));
        Assert.Null(Journal.FindByEventId("c2", "consumer-1", "e1"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_query_filters_orders_and_limits_stored_and_unsettled_conversations_alike(bool settled)
    {
        for (var i = 0; i < 6; i++)
        {
            var conversation = new TestConversation(Journal, $"c{i}") { ConsumerId = $"consumer-{i % 2}" };
            conversation.Open(now: 1000 * i);
            if (i % 3 == 0) conversation.Close(now: 10_000 + i);
            await conversation.Wait().Outcome;
            if (i == 2 || settled) await SettleAsync();
        }

        await new TestConversation(Journal, "other").Open(account: "account-2").Outcome;
        var all = new ConversationQuery("account-1");
        Assert.Equal(["c3", "c0", "c5", "c4", "c2", "c1"], Ids(all));
        Assert.Equal(["c5", "c4", "c2", "c1"], Ids(all with { Stage = Stage.Open }));
        Assert.Equal(["c3", "c0"], Ids(all with { Stage = Stage.Close }));
        Assert.Equal(["c0", "c4", "c2"], Ids(all with { ConsumerId = "consumer-0" }));
        Assert.Equal(["c4"], Ids(all with { ConsumerId = "consumer-0", Stage = Stage.Open, UpdatedFrom = 3000 }));
        Assert.Equal(["c3", "c0", "c5"], Ids(all with { Limit = 3 }));
        Assert.Equal(["c3", "c0", "c5", "c4"], Ids(all with { UpdatedFrom = 4000 }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_query_by_agents_finds_those_they_take_part_in_now(bool settled)
    {
        for (var i = 0; i < 6; i++)
        {
            var conversation = new TestConversation(Journal, $"c{i}") { AgentId = $"agent-{i % 2}", ConsumerId = $"consumer-{i % 3}" };
            conversation.Open(now: 1000 * i);
            if (i == 3) await SettleAfterAsync(conversation); // the one who leaves is known to the table
            if (i == 3) conversation.HandTo("agent-2", now: 3500);
            if (i == 4) conversation.Suggest("agent-1", now: 4500);
            if (i == 5) conversation.Close(now: 10_000);
            await conversation.Wait().Outcome;
            if (settled) await SettleAsync();
        }

        await new TestConversation(Journal, "other") { AgentId = "agent-1" }.Open(account: "account-2").Outcome;
        ConversationQuery Of(params string[] agents) => new("account-1") { AgentIds = agents };
        Assert.Equal(["c5", "c1"], Ids(Of("agent-1")));
        Assert.Equal(["c1"], Ids(Of("agent-1") with { Stage = Stage.Open }));
        Assert.Equal(["c5", "c3", "c1"], Ids(Of("agent-1", "agent-2", "agent-1")));
        Assert.Equal(["c5", "c3"], Ids(Of("agent-2", "agent-1") with { Limit = 2 }));
        Assert.Equal(["c4", "c2"], Ids(Of("agent-0") with { UpdatedFrom = 2000 }));
        Assert.Equal(["c0"], Ids(Of("agent-0") with { ConsumerId = "consumer-0" }));
        Assert.Empty(Ids(Of("consumer-1")));
        Assert.Empty(Ids(Of()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_condition_is_asked_before_the_limit_counts(bool settled)
    {
        for (var i = 0; i < 6; i++)
        {
            var conversation = new TestConversation(Journal, $"c{i}");
            conversation.Open(now: 1000 * i);
            if (i % 2 == 0) conversation.Close(now: 1000 * i + 500);
            await conversation.Wait().Outcome;
            if (settled) await SettleAsync();
        }

        var before = new ConversationQuery("account-1") { Condition = c => c.LastTimestamp < 4000 };
        Assert.Equal(["c3", "c2"], Ids(before with { Limit = 2 }));
        Assert.Equal(["c2", "c0"], Ids(before with { Stage = Stage.Close, Limit = 2 }));
        Assert.Empty(Ids(before with { Limit = 0 }));
    }

    [Fact]
    public async Task A_settled_conversation_that_changes_is_listed_once_with_its_newest_state()
    {
        var conversation = new TestConversation(Journal, "c1");
        await conversation.Open().Outcome;
        await SettleAsync();
        await conversation.Close().Outcome;

        Assert.Empty(Journal.Query(new ConversationQuery("account-1") { Stage = Stage.Open }));
        var found = Assert.Single(Journal.Query(new ConversationQuery("account-1")));
        Facts.Same(conversation.State, found);
        await SettleAsync();
        Facts.Same(conversation.State, Assert.Single(Journal.Query(new ConversationQuery("account-1") { Stage = Stage.Close })));
        Facts.Same(conversation.State, Journal.Load("c1"));
    }

    [Fact]
    public async Task A_refused_group_leaves_nothing_and_its_owners_have_abandoned_before_anyone_hears()
    {
        var conversation = new TestConversation(Journal, "c1");
        await conversation.Open().Outcome;
        var abandonedFirst = false;
        var failing = new TestConversation(Journal, "c1", conversation.State) { Told = (e, _) => abandonedFirst = ((TestConversation)e.Owner!).IsAbandoned };
        RefuseNextGroup();
        var refused = failing.Say("lost", "e1");

        Assert.Equal(Outcome.Refused, await refused.Outcome);
        Assert.True(abandonedFirst);
        Assert.Empty(Journal.Read("c1", 0, 10, 1 << 20));
        Assert.Null(Journal.FindByEventId("c1", "consumer-1", "e1"));
        Facts.Same(conversation.State, Journal.Load("c1"));

        var again = TestConversation.Load(Journal, "c1").Say("kept", "e1");
        Assert.Equal(Outcome.Committed, await again.Outcome);
        Facts.Same([again.Message!], Journal.Read("c1", 0, 10, 1 << 20));
    }

    private protected abstract IJournal Open();

    private protected abstract Task SettleAsync();

    /// <summary>Makes the next write of a group fail so that nothing of it is stored.</summary>
    private protected abstract void RefuseNextGroup();

    private async Task SettleAfterAsync(TestConversation conversation)
    {
        await conversation.Wait().Outcome;
        await SettleAsync();
    }

    private List<string> Ids(ConversationQuery query) => [.. Journal.Query(query).Select(c => c.Id)];
}
