using System.Text.Json.Nodes;
using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Admin.Api;

public sealed class CannedAnswerTests(MessagingServer server)
{
    [Fact]
    public async Task Answers_are_added_changed_and_removed_by_managers()
    {
        var admin = await AdminDesk.OpenAsync(server);
        await admin.DoAsync("POST", "skills", """{"name":"sales"}""");
        var manager = await admin.AsAsync(AgentRole.Manager);

        var (status, added) = await manager.TryAsync(
            "POST", "canned-answers", """{"title":"Hours","text":"We are open\nfrom 9 to 5","shortcut":"hours-1","skillIds":["1001"],"language":"pt-BR","category":"General"}""");
        Assert.Equal(201, status);
        var id = (string)added!["id"]!;
        Assert.Equal(
            ("We are open\nfrom 9 to 5", "hours-1", "1001", "pt-BR", "General"),
            ((string?)added["text"], (string?)added["shortcut"], (string?)added["skillIds"]![0], (string?)added["language"], (string?)added["category"]));
        var changed = await manager.DoAsync("PATCH", $"canned-answers/{id}", """{"title":"Opening hours","shortcut":"","skillIds":[],"language":""}""");
        Assert.Equal(
            ("Opening hours", "We are open\nfrom 9 to 5", null, 0, null, "General"),
            ((string?)changed["title"], (string?)changed["text"], (string?)changed["shortcut"], changed["skillIds"]!.AsArray().Count, (string?)changed["language"], (string?)changed["category"]));
        Assert.True(JsonNode.DeepEquals(changed, (await manager.GetAsync("canned-answers"))["answers"]!.AsArray().Single()));
        await manager.DoAsync("DELETE", $"canned-answers/{id}");
        Assert.Empty((await manager.GetAsync("canned-answers"))["answers"]!.AsArray());
    }

    [Fact]
    public async Task Agents_read_those_for_everybody_and_for_their_skills()
    {
        var admin = await AdminDesk.OpenAsync(server);
        foreach (var skill in new[] { "sales", "support" }) await admin.DoAsync("POST", "skills", $$"""{"name":"{{skill}}"}""");
        foreach (var (title, skills) in new[] { ("all", ""), ("both", "\"1001\",\"1002\""), ("sales", "\"1001\""), ("support", "\"1002\"") })
            await admin.DoAsync("POST", "canned-answers", $$"""{"title":"{{title}}","text":"x","skillIds":[{{skills}}]}""");

        Assert.Equal("all both support", await TitlesAsync(await admin.AsAsync(AgentRole.Agent, "support")));
        Assert.Equal("all both sales support", await TitlesAsync(await admin.AsAsync(AgentRole.Agent)));
        Assert.Equal("all both sales support", await TitlesAsync(await admin.AsAsync(AgentRole.Manager, "support")));
        Assert.Equal("all both sales support", await TitlesAsync(admin.AsOperator));

        static async Task<string> TitlesAsync(AdminDesk reader) =>
            string.Join(' ', (await reader.GetAsync("canned-answers"))["answers"]!.AsArray().Select(answer => (string?)answer!["title"]));
    }

    [Theory]
    [InlineData("POST", "", """{"text":"x"}""", 400, "title")]
    [InlineData("POST", "", """{"title":"x"}""", 400, "text")]
    [InlineData("POST", "", """{"title":"x","text":" "}""", 400, "text")]
    [InlineData("POST", "", """{"title":"a\nb","text":"x"}""", 400, "title")]
    [InlineData("POST", "", """{"title":"x","text":"x","shortcut":"hi"}""", 409, "has the shortcut hi already")]
    [InlineData("POST", "", """{"title":"x","text":"x","shortcut":"Hi"}""", 400, "shortcut")]
    [InlineData("POST", "", """{"title":"x","text":"x","shortcut":"abcdefghijabcdefghijabcdefghij123"}""", 400, "shortcut")]
    [InlineData("POST", "", """{"title":"x","text":"x","language":"english!"}""", 400, "language")]
    [InlineData("POST", "", """{"title":"x","text":"x","skillIds":"1001"}""", 400, "skillIds")]
    [InlineData("POST", "", """{"title":"x","text":"x","skillIds":[1001]}""", 400, "skillIds[0]")]
    [InlineData("POST", "", """{"title":"x","text":"x","skillIds":["7"]}""", 400, "skill 7")]
    [InlineData("POST", "", """{"title":"x","text":"x","skillIds":["1001","1001"]}""", 400, "differ")]
    [InlineData("POST", "", """{"title":"x","text":"x","id":"mine"}""", 400, "id")]
    [InlineData("POST", "", """{"title":5,"text":"x"}""", 400, "title")]
    [InlineData("PATCH", "/{id}", """{"title":""}""", 400, "title")]
    [InlineData("PATCH", "/none", """{"title":"x"}""", 404, "no such canned answer")]
    [InlineData("PATCH", "/{strange}", """{"title":"x"}""", 404, "no such canned answer")]
    [InlineData("DELETE", "/{strange}", null, 404, "no such canned answer")]
    public async Task What_makes_no_sense_is_refused_in_words(string method, string path, string? body, int status, string words)
    {
        var admin = await AdminDesk.OpenAsync(server);
        await admin.DoAsync("POST", "skills", """{"name":"sales"}""");
        const string hello = """{"title":"Hello","text":"Hello","shortcut":"hi"}""";
        var id = (string)(await admin.DoAsync("POST", "canned-answers", hello))["id"]!;
        var strange = (string)(await (await AdminDesk.OpenAsync(server)).DoAsync("POST", "canned-answers", hello))["id"]!;

        await admin.RefusedAsync(status, words, method, $"canned-answers{path.Replace("{id}", id).Replace("{strange}", strange)}", body);

        Assert.Equal("Hello", (string?)(await admin.GetAsync("canned-answers"))["answers"]!.AsArray().Single()!["title"]);
    }

    [Fact]
    public async Task A_text_has_at_most_8000_characters()
    {
        var admin = await AdminDesk.OpenAsync(server);
        await admin.DoAsync("POST", "canned-answers", $$"""{"title":"x","text":"{{new string('ä', 8000)}}"}""");
        await admin.RefusedAsync(400, "8000", "POST", "canned-answers", $$"""{"title":"x","text":"{{new string('ä', 8001)}}"}""");
    }
}
