using System.Text.Json;
using Parley.Journal.Memory;
using Parley.Protocol;
using Parley.Server.Identity;
using Parley.Server.Tests.Ownership.Support;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Lists;

/// <summary>Conversation lists (protocol 8): who sees what, filters, the pace of changes.</summary>
public sealed class ListTests : IAsyncLifetime
{
    private TestMessaging _messaging = null!;
    private MemoryJournal _journal = null!;
    private AgentProfile _agent = null!;
    private AgentProfile _manager = null!;

    public async ValueTask InitializeAsync()
    {
        (_messaging, _journal) = await TestMessaging.StartInMemoryAsync();
        _agent = await _messaging.AddAgentAsync("agent");
        _manager = await _messaging.AddAgentAsync("manager", AgentRole.Manager);
    }

    public ValueTask DisposeAsync() => _messaging.DisposeAsync();

    [Fact]
    public async Task Everybody_sees_what_he_may_see()
    {
        var colleague = await _messaging.AddAgentAsync("colleague");
        var his = await _messaging.OpenAssignedAsync("consumer", _agent);
        var anothers = await _messaging.OpenAssignedAsync("another", colleague);
        var waiting = await _messaging.OpenAssignedAsync("another", null);

        Assert.Equal([his], await SeenAsync(_messaging.Consumer("consumer")));
        Assert.Equal([anothers, waiting], await SeenAsync(_messaging.Consumer("another")));
        Assert.Equal([his], await SeenAsync(_messaging.Agent(_agent)));
        Assert.Equal([his, anothers, waiting], await SeenAsync(_messaging.Agent(_manager)));
        Assert.Empty(await SeenAsync(_messaging.Consumer("consumer", account: TestMessaging.OtherAccount)));
        Assert.Equal([his], await SeenAsync(_messaging.Consumer("consumer"), new { consumerId = "another" })); // his rights stand above his wishes
        Assert.Empty(await SeenAsync(_messaging.Agent(_agent), new { agentIds = new[] { colleague.OldId }, convState = new[] { "CLOSE" } }));
    }

    /// <summary>The bug: an agent's list read every open conversation of the account to find his own, with 2,000 of them for 200 ms.</summary>
    [Theory]
    [InlineData(false, "{}", 3, 3)]
    [InlineData(false, """{"convState":["OPEN"]}""", 2, 2)]
    [InlineData(false, """{"consumerId":"his"}""", 1, 1)]
    [InlineData(false, """{"consumerId":"another"}""", 0, 20)]
    [InlineData(true, """{"agentIds":["agent"],"stage":["OPEN"]}""", 2, 2)]
    [InlineData(true, """{"stage":["CLOSE"]}""", 1, 1)]
    [InlineData(true, """{"stage":["CLOSE"],"convState":["OPEN"]}""", 0, 0)]
    [InlineData(true, """{"convState":["LOCKED"]}""", 0, 0)]
    [InlineData(true, """{"stage":["CLOSE"],"maxETTR":9000000000000}""", 0, 0)]
    public async Task A_list_reads_no_conversations_that_it_cannot_show(bool isManager, string filter, int shown, int lookedAt)
    {
        for (var i = 0; i < 20; i++) await _messaging.OpenAssignedAsync("another", i % 2 == 0 ? null : _manager);
        foreach (var consumer in (string[])["his", "hers"]) await _messaging.OpenAssignedAsync(consumer, _agent);
        var closed = await _messaging.OpenAssignedAsync("theirs", _agent);
        var them = _messaging.Consumer("theirs");
        await them.AnswerAsync(them.Close(closed));
        var socket = _messaging.Agent(isManager ? _manager : _agent);
        var before = _messaging.Journal.ConversationsLookedAt;

        var asked = JsonSerializer.Deserialize<JsonElement>(filter.Replace("[\"agent\"]", $"[\"{_agent.OldId}\"]", StringComparison.Ordinal));
        Assert.Equal((shown, lookedAt), ((await SeenAsync(socket, asked)).Length, _messaging.Journal.ConversationsLookedAt - before));
    }

    [Fact]
    public async Task Changes_reach_who_may_see_them_and_nobody_else()
    {
        TestSocket consumer = _messaging.Consumer("consumer"), another = _messaging.Consumer("another"), stranger = _messaging.Consumer("consumer", account: TestMessaging.OtherAccount);
        TestSocket agent = _messaging.Agent(_agent), manager = _messaging.Agent(_manager);
        TestSocket[] all = [consumer, another, stranger, agent, manager];
        foreach (var socket in all) await socket.ListAsync();
        var id = await _messaging.OpenAssignedAsync("consumer", null);
        foreach (var socket in (TestSocket[])[consumer, manager]) await socket.WaitForAsync(r => r.ListChanges.Any());
        foreach (var socket in all) await socket.SyncAsync();

        Assert.Equal([1, 0, 0, 0, 1], all.Select(s => s.From(0).SelectMany(r => r.ListChanges).Count(c => c.ConversationId == id)));
    }

    // A program looks the group up among those that its login told it of.
    [Fact]
    public async Task Agents_are_told_the_one_group_there_is_whoever_has_the_conversation()
    {
        var waiting = await _messaging.OpenAssignedAsync("consumer", null);
        var assigned = await _messaging.OpenAssignedAsync("consumer", _agent);
        TestSocket older = _messaging.Agent(_manager, Dialect.V2), newer = _messaging.Agent(_manager, Dialect.V21), consumer = _messaging.Consumer("consumer");

        Assert.Equal([(waiting, "-1"), (assigned, "-1")], await GroupsAsync(older));
        Assert.Equal([(waiting, "-1"), (assigned, "-1")], await GroupsAsync(newer));
        Assert.Equal([(waiting, null), (assigned, null)], await GroupsAsync(consumer));

        static async Task<IEnumerable<(string, string?)>> GroupsAsync(TestSocket socket) => (await socket.ListAsync()).Snapshot.ListChanges
            .Select(c => (c.ConversationId, c.Result.GetProperty("conversationDetails").TryGetProperty("groupId", out var group) ? group.GetString() : null));
    }

    [Fact]
    public async Task Filters_filter()
    {
        var open = await _messaging.OpenAssignedAsync("consumer", _agent);
        _messaging.Time.Advance(TimeSpan.FromMinutes(1));
        var closed = await _messaging.OpenAssignedAsync("another", null);
        var another = _messaging.Consumer("another");
        await another.AnswerAsync(another.Close(closed));
        _messaging.Time.Advance(TimeSpan.FromMinutes(1));
        var asked = await _messaging.Consumer("third").OpenAsync();
        await _messaging.Consumer("third").SayAsync(asked, "who answers within an hour?");
        var manager = _messaging.Agent(_manager);

        Assert.Equal([open, closed, asked], await SeenAsync(manager));
        Assert.Equal([open, asked], await SeenAsync(manager, new { convState = new[] { "OPEN" } }));
        Assert.Equal([closed], await SeenAsync(manager, new { convState = new[] { "CLOSE" } }));
        Assert.Equal([closed], await SeenAsync(manager, new { stage = new[] { "CLOSE", "LOCKED" } }));
        Assert.Empty(await SeenAsync(manager, new { stage = new[] { "CLOSE" }, convState = new[] { "OPEN" } }));
        Assert.Equal([open], await SeenAsync(manager, new { agentIds = new[] { _agent.OldId } }));
        Assert.Equal([open], await SeenAsync(manager, new { agentIds = new[] { _agent.Pid, _agent.OldId } }));
        Assert.Equal([closed], await SeenAsync(manager, new { consumerId = "another" }));
        var boundary = _messaging.State(closed).LastTimestamp;
        Assert.Equal([closed, asked], await SeenAsync(manager, new { minLastUpdatedTime = boundary }));
        Assert.Equal([asked], await SeenAsync(manager, new { minLastUpdatedTime = boundary + 1 }));
        Assert.Equal([open, closed], await SeenAsync(manager, new { maxLastUpdatedTime = boundary }));
        var due = _messaging.State(asked).EffectiveTtr;
        Assert.Equal([asked], await SeenAsync(manager, new { maxETTR = due + 1 }));
        Assert.Empty(await SeenAsync(manager, new { maxETTR = due }));
    }

    [Fact]
    [CompatibilityRule(29)]
    public async Task What_leaves_the_filter_is_deleted_with_its_full_record()
    {
        var manager = _messaging.Agent(_manager);
        await manager.ListAsync(new { convState = new[] { "OPEN" } });
        var consumer = _messaging.Consumer("consumer");
        var id = await consumer.OpenAsync();
        await consumer.AnswerAsync(consumer.Close(id));

        var deleted = (await manager.WaitForAsync(r => r.ListChanges.Any(c => c.IsDelete))).ListChanges.Single();
        Assert.Equal((id, "CLOSE"), (deleted.ConversationId, deleted.Stage));
        Assert.Equal(id, deleted.Result.GetProperty("conversationDetails").GetProperty("dialogs")[0].GetProperty("dialogId").GetString());
    }

    [Fact]
    public async Task The_first_list_holds_the_thousand_most_recently_updated_in_ascending_order()
    {
        var ids = new List<string>();
        for (var i = 0; i < 1_005; i++)
        {
            ids.Add(await _messaging.OpenAssignedAsync($"consumer {i % 7}", null));
            _messaging.Time.Advance(TimeSpan.FromMilliseconds(2));
        }

        Assert.Equal(ids[5..], await SeenAsync(_messaging.Agent(_manager)));
    }

    [Fact]
    public async Task An_ended_subscription_is_silent()
    {
        var consumer = _messaging.Consumer("consumer");
        var (ended, _) = await consumer.ListAsync();
        var (kept, _) = await consumer.ListAsync();
        Assert.Equal(200, (await consumer.AskAsync("cqm.UnsubscribeExConversations", new { subscriptionId = ended })).Code);
        Assert.Equal(404, (await consumer.AskAsync("cqm.UnsubscribeExConversations", new { subscriptionId = ended })).Code);
        await _messaging.OpenAssignedAsync("consumer", null);
        await consumer.WaitForAsync(r => r.IsOfList(kept) && r.ListChanges.Any());
        await consumer.SyncAsync();

        Assert.DoesNotContain(consumer.From(0).SelectMany(r => r.ListChanges), c => c.SubscriptionId == ended);
    }

    [Fact]
    [CompatibilityRule(29)]
    public async Task A_conversation_is_listed_before_its_first_message_arrives()
    {
        var (manager, agent) = (_messaging.Agent(_manager), _messaging.Agent(_agent));
        await manager.ListAsync();
        await agent.ListAsync(new { convState = new[] { "OPEN" } });
        var appended = _messaging.Journal.Appended;
        _journal.Hold(); // so that opening and first message are committed together
        var opened = _messaging.OpenAssignedAsync("consumer", _agent);
        await _messaging.Journal.AppendedAsync(appended + 1);
        _journal.Release();
        var id = await opened;
        await _messaging.Consumer("consumer").SayAsync(id, "hello");
        var message = await agent.WaitForAsync(r => r.Numbers.Contains(0));

        Assert.True(agent.PositionOf(agent.From(0).First(r => r.ListChanges.Any(c => c.ConversationId == id))) < agent.PositionOf(message));
        await manager.WaitForAsync(r => r.ListChanges.Any(c => c.ConversationId == id));
    }

    [Fact]
    public async Task The_change_that_an_event_causes_goes_immediately_before_it()
    {
        var id = await _messaging.OpenAssignedAsync("consumer", _agent);
        var agent = _messaging.Agent(_agent);
        await agent.ListAsync();
        var consumer = _messaging.Consumer("consumer");
        for (var i = 0; i < 5; i++)
        {
            _messaging.Time.Advance(TimeSpan.FromSeconds(1)); // nothing is held back
            await consumer.SayAsync(id, $"message {i}");
            var message = await agent.WaitForAsync(r => r.Numbers.Contains(i));
            var before = agent.From(agent.PositionOf(message) - 1)[0];
            Assert.Equal($"message {i}", Assert.Single(before.ListChanges).LastText);
        }
    }

    [Fact]
    public async Task Changes_by_content_alone_come_at_most_four_times_a_second_and_the_last_one_always()
    {
        var id = await _messaging.OpenAssignedAsync("consumer", _agent);
        var manager = _messaging.Agent(_manager);
        await manager.ListAsync();
        var consumer = _messaging.Consumer("consumer");
        for (var i = 0; i < 100; i++)
        {
            await consumer.SayAsync(id, $"message {i}");
            _messaging.Time.Advance(TimeSpan.FromMilliseconds(10));
        }

        _messaging.Time.Advance(TimeSpan.FromMilliseconds(250));
        await manager.WaitForAsync(r => r.ListChanges.Any(c => c.LastText == "message 99"));
        await manager.SyncAsync();
        var changes = manager.From(0).Skip(2).SelectMany(r => r.ListChanges).Where(c => c.ConversationId == id).ToList();
        Assert.InRange(changes.Count, 3, 5);
        Assert.Equal("message 99", changes[^1].LastText);

        _messaging.Time.Advance(TimeSpan.FromMinutes(1));
        await manager.SyncAsync();
        Assert.Equal("message 99", manager.From(0).SelectMany(r => r.ListChanges).Last().LastText);
    }

    [Fact]
    public async Task Any_other_change_is_immediate_and_overtakes_what_is_held_back()
    {
        var id = await _messaging.OpenAssignedAsync("consumer", _agent);
        var manager = _messaging.Agent(_manager);
        await manager.ListAsync();
        var consumer = _messaging.Consumer("consumer");
        await consumer.SayAsync(id, "held back");
        await consumer.AnswerAsync(consumer.Close(id));
        var closed = await manager.WaitForAsync(r => r.ListChanges.Any(c => c.Stage == "CLOSE"));
        Assert.Equal("held back", closed.ListChanges.Single().LastText);

        _messaging.Time.Advance(TimeSpan.FromSeconds(1));
        await manager.SyncAsync();
        Assert.Same(closed, manager.From(0).Last(r => r.ListChanges.Any()));
    }

    [Fact]
    public async Task A_consumers_list_is_not_disturbed_by_content()
    {
        var id = await _messaging.OpenAssignedAsync("consumer", _agent);
        var consumer = _messaging.Consumer("consumer", Dialect.V3);
        await consumer.ListAsync();
        var position = consumer.Count;
        await consumer.SayAsync(id, "hello");
        _messaging.Time.Advance(TimeSpan.FromSeconds(1));
        await consumer.SyncAsync();

        Assert.Empty(consumer.From(position).SelectMany(r => r.ListChanges));
    }

    private static async Task<string[]> SeenAsync(TestSocket socket, object? filter = null) =>
        [.. (await socket.ListAsync(filter)).Snapshot.ListChanges.Select(c => c.ConversationId)];
}
