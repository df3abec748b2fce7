using System.Text.Json.Nodes;
using Parley.Client.Tests.Peer;
using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Admin.Api;

/// <summary>The queue and the agents as they are now, and the feed of both, on a clock that the test moves.</summary>
public sealed class LiveTests : IAsyncLifetime
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    private readonly ObservedTime _time = new();
    private MessagingServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _time.SetUtcNow(DateTimeOffset.UtcNow);
        _server = await MessagingServer.StartAsync(time: _time);
        await _time.WaitForTimerAsync(due => due == Pause); // the sockets' own
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_queue_is_listed_in_order_by_skill_and_in_parts()
    {
        var admin = await AdminDesk.OpenAsync(_server);
        await admin.DoAsync("POST", "skills", """{"name":"sales"}""");
        await using var consumer = await _server.ConsumerAsync(admin.Account);
        var first = await Talk.OpenConversationAsync(consumer, """{"skillId":"1001"}""");
        _time.Advance(TimeSpan.FromSeconds(5));
        await using var other = await _server.ConsumerAsync(admin.Account);
        var second = await Talk.OpenConversationAsync(other, """{"ttrDefName":"URGENT"}""");
        _time.Advance(TimeSpan.FromSeconds(2));
        var queue = await QueueAsync(admin, 2);

        Assert.Equal([second, first], Ids(queue));
        var item = queue["items"]![1]!;
        Assert.Equal(
            (consumer.UserId, "1001", 7, "prioritized", 1, false, null),
            ((string?)item["consumerId"], (string?)item["skillId"], (int)item["waitedSeconds"]!, (string?)item["class"], (int)item["position"]!, (bool)item["overdue"]!, (long?)item["estimatedWaitSeconds"]));
        Assert.Equal((long)item["since"]! + 600_000, (long)item["due"]!);
        Assert.Equal([first], Ids(await admin.GetAsync("routing/queue?skill=1001")));
        var part = await admin.GetAsync("routing/queue?limit=1");
        Assert.Equal((2, second), ((int)part["waiting"]!, Ids(part).Single()));
        foreach (var limit in new[] { "0", "1001", "many", "-1", "1.5" }) await admin.RefusedAsync(400, "limit is a number", "GET", $"routing/queue?limit={limit}");
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(2, (int)(await admin.GetAsync("routing/queue"))["overdue"]!);
        Assert.Empty((await (await AdminDesk.OpenAsync(_server)).GetAsync("routing/queue"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Agents_are_listed_with_their_state_and_what_they_have_on_their_hands()
    {
        var admin = await AdminDesk.OpenAsync(_server);
        await using var talk = await _server.TalkAsync(admin.Account);
        await talk.Agent.DoAsync(".ams.routing.SetAgentState", """{"availability":"OCCUPIED","description":"writing"}""");

        var agent = await UntilAsync(admin, "routing/agents", a => a["agents"]!.AsArray().FirstOrDefault(x => (string?)x!["pid"] == talk.Agent.UserId && (string?)x["state"] == "OCCUPIED"));

        Assert.Equal(
            ("writing", true, "transfers", 1m, 3, 0, "agent"),
            ((string?)agent["description"], (bool)agent["connected"]!, (string?)agent["takes"], (decimal)agent["usedSlots"]!, (int)agent["maxSlots"]!, (int)agent["rings"]!, (string?)agent["role"]));
        var since = (long?)agent["stateSince"];
        Assert.Equal(_time.GetUtcNow().ToUnixTimeMilliseconds(), since);
        _time.Advance(TimeSpan.FromSeconds(1));
        await talk.Agent.DoAsync(".ams.routing.SetAgentState", """{"availability":"OCCUPIED","description":"still writing"}""");
        agent = await UntilAsync(admin, "routing/agents", a => a["agents"]!.AsArray().FirstOrDefault(x => (string?)x!["description"] == "still writing"));
        Assert.Equal(since, (long?)agent["stateSince"]);
        var self = (await admin.GetAsync("routing/agents"))["agents"]!.AsArray().Single(a => (string?)a!["pid"] == admin.Pid)!;
        Assert.Equal(("OFFLINE", false, "none"), ((string?)self["state"], (bool)self["connected"]!, (string?)self["takes"]));
    }

    [Fact]
    public async Task An_agent_sees_which_of_his_colleagues_could_take_a_conversation()
    {
        var admin = await AdminDesk.OpenAsync(_server);
        await admin.DoAsync("POST", "skills", """{"name":"sales"}""");
        await admin.DoAsync("POST", "users", """{"login":"gone","enabled":false}""");
        await using var ada = await _server.AgentAsync(admin.Account, await _server.LoginAsync(admin.Account, login: "ada", skills: ["sales"], slots: 5));
        await ada.DoAsync(".ams.routing.SetAgentState", """{"availability":"ONLINE"}""");
        await admin.DoAsync("PATCH", $"users/{ada.UserId}", """{"nickname":"Ada","pictureUrl":"https://example.test/ada.png","email":"ada@example.test"}""");
        var agent = await admin.AsAsync(AgentRole.Agent);

        var colleague = await UntilAsync(agent, "colleagues", list => list["colleagues"]!.AsArray().FirstOrDefault(c => (string?)c!["state"] == "ONLINE" && (string?)c["nickname"] == "Ada"));

        Assert.Equal(
            $$"""{"pid":"{{ada.UserId}}","userId":"{{ada.OldId}}","nickname":"Ada","role":"agent","pictureUrl":"https://example.test/ada.png","state":"ONLINE","connected":true,"takes":"all","freeSlots":5,"skillIds":["1001"]}""",
            colleague.ToJsonString());
        Assert.Equal(3, (await agent.GetAsync("colleagues"))["colleagues"]!.AsArray().Count);
    }

    [Fact]
    public async Task The_feed_tells_everything_at_once_then_changes_together_once_a_second_and_otherwise_only_that_it_lives()
    {
        var admin = await AdminDesk.OpenAsync(_server);
        await admin.DoAsync("POST", "skills", """{"name":"sales"}""");
        await using var agent = await _server.AgentAsync(admin.Account, await _server.LoginAsync(admin.Account, skills: ["sales"], slots: 5));
        await agent.DoAsync(".ams.routing.SetAgentState", """{"availability":"ONLINE"}""");
        await UntilAsync(admin, "routing/agents", a => a["agents"]!.AsArray().FirstOrDefault(x => (string?)x!["state"] == "ONLINE"));
        using var feed = await FeedReader.OpenAsync(admin);

        var snapshot = await feed.SnapshotAsync();
        Assert.Equal(
            """[{"skillId":"1001","name":"sales","waiting":0,"overdue":0,"longestWaitSeconds":0,"agentsOnline":1,"freeSlots":5},{"skillId":null,"name":"no skill","waiting":0,"overdue":0,"longestWaitSeconds":0,"agentsOnline":1,"freeSlots":5}]""",
            snapshot["queue"]!["bySkill"]!.ToJsonString());
        Assert.Equal((0, 2), (snapshot["queue"]!["first"]!.AsArray().Count, snapshot["agents"]!.AsArray().Count));

        await _time.WaitForTimerAsync(due => due == Pause);
        await agent.DoAsync(".ams.routing.SetAgentState", """{"availability":"AWAY"}""");
        await using var consumer = await _server.ConsumerAsync(admin.Account);
        var id = await Talk.OpenConversationAsync(consumer, """{"skillId":"1001"}""");
        await QueueAsync(admin, 1);
        _time.Advance(Pause);
        snapshot = await feed.SnapshotAsync();
        Assert.Equal(id, (string?)snapshot["queue"]!["first"]!.AsArray().Single()!["conversationId"]);
        Assert.Equal(
            """{"skillId":"1001","name":"sales","waiting":1,"overdue":0,"longestWaitSeconds":1,"agentsOnline":0,"freeSlots":0}""",
            snapshot["queue"]!["bySkill"]![0]!.ToJsonString());
        Assert.Contains("AWAY", snapshot["agents"]!.ToJsonString());

        await _time.WaitForTimerAsync(due => due == Pause);
        _time.Advance(Pause);
        await _time.WaitForTimerAsync(due => due == KeepAlive);
        _time.Advance(KeepAlive);
        await feed.CommentAsync();
    }

    [Fact]
    public async Task The_feed_tells_too_what_only_time_has_changed()
    {
        var admin = await AdminDesk.OpenAsync(_server);
        await using var consumer = await _server.ConsumerAsync(admin.Account);
        await Talk.OpenConversationAsync(consumer);
        await QueueAsync(admin, 1);
        using var feed = await FeedReader.OpenAsync(admin);
        Assert.False((bool)(await feed.SnapshotAsync())["queue"]!["first"]![0]!["overdue"]!);

        await _time.WaitForTimerAsync(due => due == Pause);
        _time.Advance(TimeSpan.FromMinutes(10));

        Assert.True((bool)(await feed.SnapshotAsync(afterComments: true))["queue"]!["first"]![0]!["overdue"]!);
    }

    [Fact]
    public async Task Followers_of_one_account_see_the_same_and_nothing_of_another()
    {
        var admin = await AdminDesk.OpenAsync(_server);
        await using var consumer = await _server.ConsumerAsync(admin.Account);
        await Talk.OpenConversationAsync(consumer);
        await QueueAsync(admin, 1);
        using var first = await FeedReader.OpenAsync(admin);
        using var second = await FeedReader.OpenAsync(admin.AsOperator);
        using var other = await FeedReader.OpenAsync(await AdminDesk.OpenAsync(_server));

        Assert.True(JsonNode.DeepEquals(await first.SnapshotAsync(), await second.SnapshotAsync()));
        Assert.Empty((await other.SnapshotAsync())["queue"]!["first"]!.AsArray());
    }

    [Fact]
    public async Task The_feed_ends_with_the_login_of_whoever_follows_it()
    {
        var admin = await AdminDesk.OpenAsync(_server);
        foreach (var change in new[] { """{"enabled":false}""", """{"role":"agent"}""" })
        {
            var manager = await admin.AsAsync(AgentRole.Manager);
            using var feed = await FeedReader.OpenAsync(manager);
            await feed.SnapshotAsync();
            await admin.DoAsync("PATCH", $"users/{manager.Pid}", change);
            await feed.EndAsync();
        }

        using var own = await FeedReader.OpenAsync(admin);
        using var operators = await FeedReader.OpenAsync(admin.AsOperator);
        await own.SnapshotAsync();
        await operators.SnapshotAsync();
        await _server.Server.Identity.Accounts.DisableAsync(admin.Account);
        await own.EndAsync();
        await operators.EndAsync();
    }

    [Fact]
    public async Task The_feed_ends_when_the_session_has_expired()
    {
        var admin = await AdminDesk.OpenAsync(_server);
        using var feed = await FeedReader.OpenAsync(admin);
        await feed.SnapshotAsync();
        await _time.WaitForTimerAsync(due => due == Pause);
        _time.Advance(TimeSpan.FromDays(1));
        await feed.EndAsync();
    }

    [Fact]
    public async Task The_feed_ends_when_the_server_stops()
    {
        var admin = await AdminDesk.OpenAsync(_server);
        using var feed = await FeedReader.OpenAsync(admin);
        await feed.SnapshotAsync();
        await _server.Server.StopAsync().Within();
        await feed.EndAsync();
    }

    private static IEnumerable<string?> Ids(JsonNode queue) => queue["items"]!.AsArray().Select(item => (string?)item!["conversationId"]);

    private static Task<JsonNode> QueueAsync(AdminDesk admin, int waiting) => UntilAsync(admin, "routing/queue", queue => (int)queue["waiting"]! == waiting ? queue : null);

    // What is committed reaches routing in its own turn.
    private static async Task<JsonNode> UntilAsync(AdminDesk admin, string path, Func<JsonNode, JsonNode?> find)
    {
        JsonNode? last = null;
        for (var i = 0; i < 200; i++)
        {
            last = await admin.AsOperator.GetAsync(path);
            if (find(last) is { } found) return found;
            await Task.Yield();
        }

        throw new InvalidOperationException(last?.ToJsonString());
    }
}
