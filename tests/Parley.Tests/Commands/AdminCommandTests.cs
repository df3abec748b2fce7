using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Parley.Tests.Commands;

/// <summary>Skills, answers and routing from the command line.</summary>
public sealed class AdminCommandTests : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("parley-cli-").FullName, "data");
    private ServeProcess? _serve;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await (_serve?.DisposeAsync() ?? ValueTask.CompletedTask);
        Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Skills_and_what_agents_have_of_them_are_kept_alike_with_a_running_server_and_without(bool running)
    {
        await ServeAsync(running);
        await RunAsync("skill", "add", "--name", "support");
        var added = await RunAsync("skill", "add", "--name", "sales", "--id", "2001", "ringAgents=3", "fallbackSkillId=1001", "description=Shoes & more");
        Assert.Matches("^2001 +sales +description=Shoes & more ringAgents=3 .*fallbackSkillId=1001", added);
        Assert.Contains("waitTargetSeconds=60", await RunAsync("skill", "set", "--skill", "sales", "waitTargetSeconds=60", "ringAgents=", "name=shop"));

        await RunAsync("agent", "set", "--login", "agent1", "role=manager", "maxSlots=7", "skills=shop:2,1001");
        var agent = JsonNode.Parse(await RunAsync("agent", "list", "--json"))!["agents"]!.AsArray().Single(a => (string?)a!["login"] == "agent1")!;
        Assert.Equal(
            ("Manager", 7, "shop support", 2),
            ((string)agent["role"]!, (int)agent["maxSlots"]!, string.Join(' ', agent["skills"]!.AsArray()), (int)agent["skillPriorities"]!["shop"]!));
        Assert.Contains("skills shop:2,support", await RunAsync("agent", "list"));

        await RefusedAsync("agent1 has it", "skill", "remove", "--skill", "shop");
        await RunAsync("agent", "set", "--login", "agent1", "skills=");
        Assert.DoesNotContain("shop", await RunAsync("skill", "remove", "--skill", "shop"));
        var skill = JsonNode.Parse(await RunAsync("skill", "list", "--json"))!["skills"]!.AsArray().Single()!;
        Assert.Equal(("1001", "support", 1, 120), ((string)skill["id"]!, (string)skill["name"]!, (int)skill["settings"]!["ringAgents"]!, (int)skill["settings"]!["waitTargetSeconds"]!));

        await RefusedAsync("1 to 50", "skill", "set", "--skill", "support", "ringAgents=51");
        await RefusedAsync("does not take", "skill", "set", "--skill", "support", "ringAgents=many");
        await RefusedAsync("called support already", "skill", "add", "--name", "support");
        await RefusedAsync("There is no skill sales", "skill", "set", "--skill", "sales", "name=x");
        foreach (var wrong in new[] { "role=king", "maxSlots=-1", "maxSlots=many", "skills=9", "skills=1001:0", "skills=1001,1001" })
            await RefusedAsync("", "agent", "set", "--login", "agent1", wrong);
    }

    [Fact]
    public async Task Routing_is_explained_and_the_queue_and_the_agents_are_listed()
    {
        await ServeAsync(running: true);
        await RunAsync("skill", "add", "--name", "sales");
        await RunAsync("agent", "set", "--login", "agent1", "skills=sales:2");
        Assert.Equal("0 waiting, 0 overdue\n", await RunAsync("route", "queue"));
        Assert.Matches("agent1 +OFFLINE +absent +0 of 3 slots, 0 rings, skills sales:2\n", await RunAsync("route", "agents"));
        await RefusedAsync("There is no such conversation", "route", "explain", "none");

        var id = await OpenConversationAsync("""{"skillId":"1001"}""");

        var explained = await RunAsync("route", "explain", id);
        Assert.StartsWith("It waits since ", explained);
        Assert.Contains("number 1 of those with the skill sales", explained);
        Assert.Contains("agent1 is not there", explained);
        Assert.Equal("waiting", (string?)JsonNode.Parse(await RunAsync("route", "explain", id, "--json"))!["state"]);
        Assert.Matches($"^{id} 1001 +prioritized +number 1, waited [0-9]+ s\n1 waiting, 0 overdue\n$", await RunAsync("route", "queue", "--skill", "1001"));
        Assert.Equal("0 waiting, 0 overdue\n", await RunAsync("route", "queue", "--skill", "1002"));
        await RunAsync("agent", "set", "--login", "agent1", "skills=");
        await RefusedAsync("open conversations have it", "skill", "remove", "--skill", "sales");
        await RefusedAsync("There is no account nowhere", "route", "queue", "--account", "nowhere");

        await _serve!.SignalAsync("TERM");
        await RefusedAsync("No server runs on ", "route", "explain", id);
        await RefusedAsync("open conversations have it", "skill", "remove", "--skill", "sales");
    }

    [Fact]
    public async Task Answers_are_added_listed_and_removed()
    {
        await ServeAsync(running: true);
        Assert.Matches("^[0-9a-f-]{36} hello +everybody +Greeting\n$", await RunAsync("answer", "add", "--title", "Greeting", "--text", "Hello!", "--shortcut", "hello"));
        var answer = JsonNode.Parse(await RunAsync("answer", "list", "--json"))!["answers"]!.AsArray().Single()!;
        Assert.Equal(("Greeting", "Hello!", "hello"), ((string)answer["title"]!, (string)answer["text"]!, (string)answer["shortcut"]!));
        await RefusedAsync("has the shortcut hello already", "answer", "add", "--title", "Again", "--text", "Hello!", "--shortcut", "hello");
        Assert.Equal("", await RunAsync("answer", "remove", "--id", (string)answer["id"]!));
        await RefusedAsync("There is no such canned answer", "answer", "remove", "--id", (string)answer["id"]!);
        await _serve!.SignalAsync("TERM");
        await RefusedAsync("No server runs on ", "answer", "list");
    }

    private async Task<string> OpenConversationAsync(string body)
    {
        var jwt = Regex.Match(await RunAsync("token", "mint"), "^LP_JWT=(.+)\n$").Groups[1].Value;
        var address = (string)JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "server.json")))!["url"]!;
        var (exit, output, error) = await Cli.RunAsync(
            null, "connect", "-c", $"ws{address["http".Length..]}/ws_api/account/demo/messaging/consumer?v=3", "-H", $"Authorization:jwt {jwt}",
            "-x", $$"""{"kind":"req","id":1,"type":"cm.ConsumerRequestConversation","body":{{body}}}""");
        Assert.True(exit == 0, error);
        return (string)JsonNode.Parse(output)!["body"]!["conversationId"]!;
    }

    private async Task ServeAsync(bool running)
    {
        _serve = await ServeProcess.StartAsync(_folder);
        if (!running) await _serve.SignalAsync("TERM");
    }

    private async Task<string> RunAsync(string command, string verb, params string[] more)
    {
        var (exit, output, error) = await Cli.RunAsync(null, [command, verb, .. more, "--data", _folder]);
        Assert.True(exit == 0, error);
        return output;
    }

    private async Task RefusedAsync(string words, params string[] arguments)
    {
        var (exit, output, error) = await Cli.RunAsync(null, [.. arguments, "--data", _folder]);
        Assert.Equal((1, ""), (exit, output));
        Assert.StartsWith("parley: ", error);
        Assert.Contains(words, error);
    }
}
