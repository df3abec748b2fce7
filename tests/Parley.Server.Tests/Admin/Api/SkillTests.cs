using System.Text.Json.Nodes;
using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Admin.Api;

public sealed class SkillTests(MessagingServer server)
{
    [Fact]
    public async Task Skills_are_added_with_settings_listed_changed_and_removed()
    {
        var admin = await AdminDesk.OpenAsync(server);
        var (status, sales) = await admin.TryAsync("POST", "skills", """{"name":"sales","settings":{"ringAgents":3,"description":"Shoes","ringSeconds":20}}""");
        await admin.DoAsync("POST", "skills", """{"name":"support","id":"900"}""");

        Assert.Equal((201, "1001", "sales", 3, 20), (status, (string?)sales!["id"], (string?)sales["name"], (int)sales["settings"]!["ringAgents"]!, (int)sales["settings"]!["ringSeconds"]!));
        Assert.Equal(["900", "1001"], Ids(await admin.GetAsync("skills")));
        var changed = await admin.DoAsync("PATCH", "skills/1001", """{"name":"shop","settings":{"ringSeconds":null,"fallbackSkillId":"900","autoAccept":true}}""");
        Assert.Equal(
            ("shop", 3, null, "900", true, "Shoes"),
            ((string?)changed["name"], (int)changed["settings"]!["ringAgents"]!, (int?)changed["settings"]!["ringSeconds"], (string?)changed["settings"]!["fallbackSkillId"],
                (bool)changed["settings"]!["autoAccept"]!, (string?)changed["settings"]!["description"]));
        Assert.True(JsonNode.DeepEquals(changed, await admin.GetAsync("skills/1001")));
        await admin.RefusedAsync(409, "shop falls back", "DELETE", "skills/900");
        await admin.DoAsync("DELETE", "skills/1001");
        await admin.DoAsync("DELETE", "skills/900");
        Assert.Empty(Ids(await admin.GetAsync("skills")));

        static IEnumerable<string?> Ids(JsonNode list) => list["skills"]!.AsArray().Select(skill => (string?)skill!["id"]);
    }

    [Fact]
    public async Task A_skill_that_agents_conversations_or_answers_have_is_not_removed()
    {
        var admin = await AdminDesk.OpenAsync(server);
        await admin.DoAsync("POST", "skills", """{"name":"sales"}""");
        var ada = (string)(await admin.DoAsync("POST", "users", """{"login":"ada","skills":[{"id":"1001"}]}"""))["user"]!["pid"]!;
        await admin.RefusedAsync(409, "agent ada has it", "DELETE", "skills/1001");
        await admin.DoAsync("PATCH", $"users/{ada}", """{"skills":[]}""");
        var answer = (string)(await admin.DoAsync("POST", "canned-answers", """{"title":"Hi","text":"Hello","skillIds":["1001"]}"""))["id"]!;
        await admin.RefusedAsync(409, "answer Hi", "DELETE", "skills/1001");
        await admin.DoAsync("DELETE", $"canned-answers/{answer}");
        await using var consumer = await server.ConsumerAsync(admin.Account);
        var conversation = await Talk.OpenConversationAsync(consumer, """{"skillId":"1001"}""");
        await QueueAsync(admin, 1);
        await admin.RefusedAsync(409, "open conversations", "DELETE", "skills/1001");

        await consumer.DoAsync("cm.UpdateConversationField", $$"""{"conversationId":"{{conversation}}","conversationField":[{"field":"ConversationStateField","conversationState":"CLOSE"}]}""");
        await QueueAsync(admin, 0);
        await admin.DoAsync("DELETE", "skills/1001");
    }

    [Fact]
    public async Task Agents_read_skills_and_change_none()
    {
        var admin = await AdminDesk.OpenAsync(server);
        await admin.DoAsync("POST", "skills", """{"name":"sales"}""");
        var agent = await admin.AsAsync(AgentRole.Agent);

        Assert.Equal("sales", (string?)(await agent.GetAsync("skills/1001"))["name"]);
        await agent.RefusedAsync(403, "admin", "PATCH", "skills/1001", """{"name":"mine"}""");
    }

    [Theory]
    [InlineData("POST", "skills", """{}""", 400, "JSON object")]
    [InlineData("POST", "skills", """{"name":""}""", 400, "1 to 256")]
    [InlineData("POST", "skills", """{"name":" sales"}""", 400, "blanks")]
    [InlineData("POST", "skills", """{"name":"a\nb"}""", 400, "line breaks")]
    [InlineData("POST", "skills", """{"name":"sales"}""", 409, "called sales already")]
    [InlineData("POST", "skills", """{"name":"1001"}""", 409, "called 1001 already")]
    [InlineData("POST", "skills", """{"name":"x","id":"1001"}""", 409, "1001 already")]
    [InlineData("POST", "skills", """{"name":"x","id":"abc"}""", 400, "digits")]
    [InlineData("POST", "skills", """{"name":"x","id":5}""", 400, "look at id")]
    [InlineData("POST", "skills", """{"name":"x","settings":[]}""", 400, "settings")]
    [InlineData("PATCH", "skills/1001", """{"settings":{"ringAgents":0}}""", 400, "1 or more")]
    [InlineData("PATCH", "skills/1001", """{"settings":{"ringAgents":51}}""", 400, "1 to 50")]
    [InlineData("PATCH", "skills/1001", """{"settings":{"ringAgents":"3"}}""", 400, "ringAgents does not take")]
    [InlineData("PATCH", "skills/1001", """{"settings":{"ringAgents":{}}}""", 400, "ringAgents does not take")]
    [InlineData("PATCH", "skills/1001", """{"settings":{"ringSeconds":0}}""", 400, "ringSeconds must be 1")]
    [InlineData("PATCH", "skills/1001", """{"settings":{"waitTargetSeconds":0}}""", 400, "waitTargetSeconds must be 1")]
    [InlineData("PATCH", "skills/1001", """{"settings":{"fallbackSeconds":-5}}""", 400, "fallbackSeconds must be 1")]
    [InlineData("PATCH", "skills/1001", """{"settings":{"ttrUrgentSeconds":0}}""", 400, "ttrUrgentSeconds must be 1")]
    [InlineData("PATCH", "skills/1001", """{"settings":{"maxPerAgent":0}}""", 400, "maxPerAgent must be 1")]
    [InlineData("PATCH", "skills/1001", """{"settings":{"fallbackSkillId":"1001"}}""", 400, "another skill")]
    [InlineData("PATCH", "skills/1001", """{"settings":{"fallbackSkillId":"7"}}""", 400, "another skill")]
    [InlineData("PATCH", "skills/1001", """{"settings":{"fallbackSkillId":7}}""", 400, "fallbackSkillId does not take")]
    [InlineData("PATCH", "skills/1001", """{"settings":{"colour":"red"}}""", 400, "no setting colour")]
    [InlineData("PATCH", "skills/1001", """{"settings":{"name":"x"}}""", 400, "no setting name")]
    [InlineData("PATCH", "skills/1001", """{"id":"7"}""", 400, "id")]
    [InlineData("PATCH", "skills/7", """{"name":"x"}""", 404, "no such skill")]
    [InlineData("GET", "skills/7", null, 404, "no such skill")]
    [InlineData("DELETE", "skills/7", null, 404, "no such skill")]
    public async Task What_makes_no_sense_is_refused_in_words(string method, string path, string? body, int status, string words)
    {
        var admin = await AdminDesk.OpenAsync(server);
        await admin.DoAsync("POST", "skills", """{"name":"sales"}""");
        var before = await admin.GetAsync("skills");

        await admin.RefusedAsync(status, words, method, path, body);

        Assert.True(JsonNode.DeepEquals(before, await admin.GetAsync("skills")));
    }

    // Routing hears of what is committed in its own turn.
    private static async Task QueueAsync(AdminDesk admin, int waiting)
    {
        for (var i = 0; i < 200 && (int)(await admin.AsOperator.GetAsync("routing/queue"))["waiting"]! != waiting; i++) await Task.Yield();
    }
}
