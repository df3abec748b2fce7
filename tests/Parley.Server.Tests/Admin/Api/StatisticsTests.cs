using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Admin.Api;

public sealed class StatisticsTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.Zero));

    [Fact]
    public async Task Today_is_told_in_all_by_hour_by_skill_and_by_agent()
    {
        await using var server = await MessagingServer.StartAsync(time: _time);
        var admin = await AdminDesk.OpenAsync(server);
        await admin.DoAsync("POST", "skills", """{"name":"sales"}""");
        await using var waiting = await server.ConsumerAsync(admin.Account);
        await Talk.OpenConversationAsync(waiting, """{"skillId":"1001"}""");
        await using var consumer = await server.ConsumerAsync(admin.Account);
        await Talk.OpenConversationAsync(consumer);
        _time.Advance(TimeSpan.FromSeconds(8));
        await using var agent = await server.AgentAsync(admin.Account, await server.LoginAsync(admin.Account, slots: 1));
        await agent.DoAsync(".ams.routing.SubscribeRoutingTasks");
        await agent.DoAsync(".ams.routing.SetAgentState", """{"availability":"ONLINE"}""");
        await RingAsync(agent, "REJECTED");
        await RingAsync(agent, "ACCEPTED");

        var today = await UntilAsync(admin, t => (int)t["total"]!["assigned"]! == 1);

        Assert.Equal(
            (new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), 86_400_000, true),
            ((long)today["start"]!, (long)today["end"]! - (long)today["start"]!, (bool)today["complete"]!));
        var total = today["total"]!;
        Assert.Equal(
            (2, 0, 1, 1, 8m, 8m, 0, null, 2, 1, 1),
            ((int)total["opened"]!, (int)total["closed"]!, (int)total["assigned"]!, (int)total["assignedInTime"]!, (decimal)total["waitAverageSeconds"]!, (decimal)total["waitLongestSeconds"]!,
                (int)total["answered"]!, (decimal?)total["answerAverageSeconds"], (int)total["ringsOffered"]!, (int)total["ringsAccepted"]!, (int)total["ringsRejected"]!));
        Assert.Equal(10, today["hours"]!.AsArray().Count);
        Assert.True(JsonNode.DeepEquals(total, today["hours"]![9]!["figures"]));
        Assert.Equal(0, (int)today["hours"]![8]!["figures"]!["opened"]!);
        Assert.Equal(["no skill 1", "sales 1"], today["bySkill"]!.AsArray().Select(skill => $"{skill!["name"]} {skill["figures"]!["opened"]}"));
        var own = today["byAgent"]!.AsArray().Single()!;
        Assert.Equal((agent.UserId, 2), ((string?)own["agent"]!["pid"], (int)own["figures"]!["ringsOffered"]!));
        Assert.Equal(0, (int)(await (await AdminDesk.OpenAsync(server)).GetAsync("statistics/today"))["total"]!["opened"]!);
    }

    [Fact]
    public async Task The_day_is_the_accounts_own_also_when_it_moves_to_another_time_zone()
    {
        await using var server = await MessagingServer.StartAsync(time: _time);
        var admin = await AdminDesk.OpenAsync(server);
        await using var consumer = await server.ConsumerAsync(admin.Account);
        await Talk.OpenConversationAsync(consumer);
        _time.Advance(TimeSpan.FromHours(6));
        await admin.DoAsync("PATCH", "settings", """{"workingHours":{"timeZone":"Asia/Tokyo","days":{"monday":["09:00-17:00"]}}}""");

        // 15:30 in London is half past midnight in Tokyo: the conversation began yesterday.
        var tokyo = await UntilAsync(admin, t => (bool)t["complete"]! && (int)t["total"]!["opened"]! == 0);
        await admin.DoAsync("PATCH", "settings", """{"workingHours":{"timeZone":"Europe/London","days":{"monday":["09:00-17:00"]}}}""");
        var london = await UntilAsync(admin, t => (bool)t["complete"]! && (int)t["total"]!["opened"]! == 1);

        Assert.Equal(
            [new DateTimeOffset(2026, 3, 2, 15, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds()],
            [(long)tokyo["start"]!, (long)london["start"]!]);
        Assert.Equal(1, (int)london["hours"]![9]!["figures"]!["opened"]!);
    }

    private static async Task RingAsync(WireClient agent, string answer)
    {
        var ring = await agent.NotificationAsync(
            ".ams.routing.RoutingTaskNotification", f => (string?)f.Change?["result"]?["ringsDetails"]?[0]?["ringState"] == "WAITING");
        var id = (string)ring.Change!["result"]!["ringsDetails"]![0]!["ringId"]!;
        await agent.DoAsync(".ams.routing.UpdateRingState", $$"""{"ringId":"{{id}}","ringState":"{{answer}}"}""");
    }

    // What is committed reaches routing in its own turn.
    private static async Task<JsonNode> UntilAsync(AdminDesk admin, Func<JsonNode, bool> condition)
    {
        JsonNode? last = null;
        for (var i = 0; i < 200; i++)
        {
            last = await admin.AsOperator.GetAsync("statistics/today");
            if (condition(last)) return last;
            await Task.Yield();
        }

        throw new InvalidOperationException(last?.ToJsonString());
    }
}
