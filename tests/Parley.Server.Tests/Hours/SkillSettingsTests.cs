using System.Globalization;
using Parley.Conversations;
using Parley.Server.Identity;
using Parley.Server.Tests.Ownership.Support;

namespace Parley.Server.Tests.Hours;

/// <summary>What skills decide for their conversations, and what is remembered of what was said when the server starts again.</summary>
public sealed class SkillSettingsTests
{
    [Fact]
    public async Task Conversations_are_promised_what_their_skill_promises()
    {
        await using var messaging = await TestMessaging.StartOnDiskAsync(new AccountSettings { TtrNormalSeconds = 60, TtrPrioritizedSeconds = 50, TtrUrgentSeconds = 40 });
        await messaging.RestartAsync("9", """{"ttrPrioritizedSeconds":500,"ttrUrgentSeconds":400}""");
        var consumer = messaging.Consumer("consumer");

        var first = await OpenAsync(consumer, new { skillId = "9" });
        var second = await OpenAsync(consumer, new { skillId = 9 });
        var third = await OpenAsync(consumer, new { skillId = "9", ttrDefName = "URGENT" });
        var without = await OpenAsync(consumer, new { ttrDefName = "URGENT" });
        await consumer.AskAsync("cm.UpdateConversationField", new { conversationId = second, conversationField = new { field = "TTRField", ttrType = "URGENT" } });

        Assert.Equal(new Ttr(TtrType.Prioritized, 500), messaging.State(first).Ttr);
        Assert.Equal(new Ttr(TtrType.Urgent, 400), messaging.State(second).Ttr);
        Assert.Equal(new Ttr(TtrType.Urgent, 400), messaging.State(third).Ttr);
        Assert.Equal(new Ttr(TtrType.Urgent, 40), messaging.State(without).Ttr);
    }

    [Fact]
    public async Task Another_skill_takes_over_with_its_promise()
    {
        await using var messaging = await TestMessaging.StartOnDiskAsync(new AccountSettings { TtrPrioritizedSeconds = 50 });
        var ada = await messaging.AddAgentAsync("ada");
        await messaging.RestartAsync("9", """{"ttrPrioritizedSeconds":500}""");
        var id = await OpenAsync(messaging.Consumer("consumer"), new { });
        var agent = messaging.Agent(ada);
        await agent.AskAsync(".ams.routing.SubscribeRoutingTasks");
        await agent.AskAsync(".ams.routing.SetAgentState", new { availability = "ONLINE" });
        var ring = (await agent.WaitForAsync(r => r.Rings.Any())).Rings.First();
        await agent.AskAsync(".ams.routing.UpdateRingState", new { ringId = ring.Id, ringState = "ACCEPTED" });

        Assert.Equal(200, (await agent.AskAsync("cm.UpdateConversationField", new { conversationId = id, conversationField = new { field = "Skill", type = "UPDATE", skill = "9" } })).Code);

        Assert.Equal(("9", 500), (messaging.State(id).SkillId, messaging.State(id).Ttr.Seconds));
    }

    [Theory]
    [InlineData(10, 1000, "9", true)]
    [InlineData(10, 1000, null, false)]
    [InlineData(1000, 10, "9", false)]
    [InlineData(1000, 10, null, true)]
    public async Task Silence_closes_a_conversation_after_as_long_as_its_skill_says(int ofSkill, int ofAccount, string? skillId, bool isClosed)
    {
        await using var messaging = await TestMessaging.StartOnDiskAsync(new AccountSettings { AutoCloseMinutes = ofAccount });
        await messaging.RestartAsync("9", $$"""{"autoCloseMinutes":{{ofSkill}}}""");
        var ada = await messaging.AddAgentAsync("ada");
        var agent = messaging.Agent(ada);
        var consumer = messaging.Consumer("consumer");
        await agent.AskAsync(".ams.routing.SubscribeRoutingTasks");
        await agent.AskAsync(".ams.routing.SetAgentState", new { availability = "ONLINE" });
        var id = await OpenAsync(consumer, new { skillId });
        var ring = (await agent.WaitForAsync(r => r.Rings.Any())).Rings.First();
        await agent.AskAsync(".ams.routing.UpdateRingState", new { ringId = ring.Id, ringState = "ACCEPTED" });
        await agent.SayAsync(id, "Anything else?");

        for (var i = 0; i < 13; i++) messaging.Time.Advance(TimeSpan.FromMinutes(1));
        await consumer.SayAsync(await OpenAsync(consumer, new { }), "what was closed was closed before this");

        Assert.Equal(isClosed ? Stage.Close : Stage.Open, messaging.State(id).Stage);
    }

    [Fact]
    public async Task What_the_server_said_it_does_not_say_again_after_a_restart()
    {
        var now = DateTimeOffset.UtcNow;
        var (from, to) = (now.AddHours(20).ToString("HH:mm", CultureInfo.InvariantCulture), now.AddHours(20).AddMinutes(5).ToString("HH:mm", CultureInfo.InvariantCulture));
        await using var messaging = await TestMessaging.StartOnDiskAsync(new AccountSettings
        {
            WorkingHours = new WorkingHours("UTC", Enum.GetNames<DayOfWeek>().ToDictionary(day => day, _ => (IReadOnlyList<string>)[$"{from}-{to}"])),
            OffHoursMessage = "Until {opensAt}",
        });
        var id = await OpenAsync(messaging.Consumer("consumer"), new { });
        Assert.Equal(1, messaging.State(id).Main.NextSequence);

        await messaging.RestartAsync();
        Assert.Equal(1, await messaging.Consumer("consumer").SayAsync(id, "hello"));
        Assert.Equal(2, await messaging.Consumer("consumer").SayAsync(id, "anybody there?"));
        Assert.Equal(3, messaging.State(id).Main.NextSequence);
    }

    private static async Task<string> OpenAsync(TestSocket consumer, object body)
    {
        var answer = await consumer.AskAsync("cm.ConsumerRequestConversation", body);
        Assert.Equal(200, answer.Code);
        return answer.Body.GetProperty("conversationId").GetString()!;
    }
}
