using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Parley.Client;
using Parley.Client.Tests.Peer;
using Parley.Cluster.Tests.Serving;

namespace Parley.Cluster.Tests.Moving;

/// <summary>
/// What a server was used for before its installation is moved: people with every kind of credentials, conversations in every state, files. And what all of it
/// looks like through the public API, wherever it is served.
/// </summary>
internal sealed class Company
{
    private const string Upload = "ms.GenerateURLForUploadFile", Download = "ms.GenerateURLForDownloadFile";

    private readonly string _password, _managerPassword, _consumer, _revoked, _bearer;
    private readonly AgentKeys _keys;
    private string _file = "";

    private Company(string password, string managerPassword, string consumer, string revoked, string bearer, AgentKeys keys) =>
        (_password, _managerPassword, _consumer, _revoked, _bearer, _keys) = (password, managerPassword, consumer, revoked, bearer, keys);

    private static byte[] Picture { get; } = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a, .. Enumerable.Range(0, 600_000).Select(i => (byte)(i * 7))];

    /// <summary>Uses a server.</summary>
    /// <param name="server">It runs and is alone.</param>
    /// <param name="folder">Its data folder.</param>
    public static async Task<Company> FoundAsync(NodeProcess server, string folder)
    {
        await RunAsync("skill", "add", "--name", "support");
        await RunAsync("account", "set", "ringSeconds=30", "brandName=Shoes & Co");
        await RunAsync("answer", "add", "--title", "Hours", "--text", "From 9 to 5.");
        await RunAsync("agent", "add", "--login", "bot", "--role", "agent", "nickname=Bo");
        var keys = (await RunAsync("agent", "keys", "--login", "bot")).Split('\n').Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
        var revoked = (await RunAsync("token", "mint", "--consumer", "gone")).Trim()["LP_JWT=".Length..];
        await RunAsync("token", "revoke", "--consumer", "gone");
        await using var consumer = await ConsumerClient.SignUpAsync(server.Endpoints);
        var (password, managerPassword) = (server.Variable("LP_PASS")!, server.Variable("LP_MANAGER_PASS")!);
        var company = new Company(
            password, managerPassword, consumer.Jwt, revoked, await LogInAsync(server, "manager1", managerPassword),
            new AgentKeys(keys["LP_APP_KEY"], keys["LP_SECRET"], keys["LP_ACCESS_TOKEN"], keys["LP_ACCESS_TOKEN_SECRET"]));
        await company.TalkAsync(server, consumer);
        return company;

        async Task<string> RunAsync(params string[] command)
        {
            var (exitCode, output, error) = await Executable.RunAsync([.. command, "--data", folder]);
            Assert.True(exitCode == 0, error);
            return output;
        }
    }

    /// <summary>Everything that the manager and the consumer are shown, with credentials from before.</summary>
    public async Task<string> LookAsync(NodeProcess server)
    {
        var seen = new JsonObject();
        await using var manager = new AgentClient(server.Endpoints, AgentCredentials.Bearer(_bearer));
        await manager.ConnectAsync().Within();
        await using var consumer = new ConsumerClient(server.Endpoints, _consumer);
        await consumer.ConnectAsync().Within();
        var all = await ListAsync(manager, 4);
        seen["all"] = Raw(all.Select(conversation => conversation.Raw));
        seen["own"] = Raw((await ListAsync(consumer, 4)).Select(conversation => conversation.Raw));
        foreach (var conversation in all)
        {
            seen[conversation.Id] = Raw((await manager.QueryMessagesAsync(conversation.Id).Within()).Select(message => message.Raw));
            seen[$"{conversation.Id} of the consumer"] = Raw((await consumer.QueryMessagesAsync(conversation.Id).Within()).Select(message => message.Raw));
        }

        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _bearer);
        foreach (var path in (string[])["users", "skills", "canned-answers", "settings"]) seen[path] = await http.GetStringAsync($"/api/account/demo/admin/{path}");
        var profile = await consumer.RequestAsync("userprofile.GetUserProfile").Within();
        seen["profile"] = JsonNode.Parse(profile.GetRawText());
        Assert.Equal(Picture, await http.GetByteArrayAsync(AddressOf(await manager.RequestAsync($".ams.{Download}", body => body.WriteString("relativePath", _file)).Within())));
        return seen.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    /// <summary>Whoever could log in can, who could not cannot; what was published once is published once; and all goes on.</summary>
    public async Task UseAsync(NodeProcess server)
    {
        await using var refused = new ConsumerClient(server.Endpoints, _revoked);
        await Assert.ThrowsAsync<ParleyAuthenticationException>(() => refused.ConnectAsync().Within());
        await using var bot = new AgentClient(server.Endpoints, AgentCredentials.Keys("bot", _keys.AppKey, _keys.Secret, _keys.AccessToken, _keys.AccessTokenSecret));
        await bot.ConnectAsync().Within();
        await using var consumer = new ConsumerClient(server.Endpoints, _consumer);
        await consumer.ConnectAsync().Within();
        await using var agent = new AgentClient(server.Endpoints, AgentCredentials.Password("agent1", _password));
        await agent.ConnectAsync().Within();
        var open = (await ListAsync(consumer, 4)).Single(conversation => conversation.IsOpen && conversation.AssignedAgentId == agent.PublicId).Id;
        var before = (await agent.QueryMessagesAsync(open).Within()).Count;

        Assert.Equal(0, await consumer.PublishTextAsync(open, "Hello", new PublishOptions { EventId = "first" }).Within());
        var other = await Assert.ThrowsAsync<ParleyRequestException>(() => consumer.PublishTextAsync(open, "Something else", new PublishOptions { EventId = "first" }).Within());
        Assert.Equal(409, other.Code);
        Assert.Equal(before, await agent.PublishTextAsync(open, "And now here").Within());
    }

    private static async Task<string> LogInAsync(NodeProcess server, string login, string password)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        using var answer = await http.PostAsJsonAsync("/api/account/demo/login?v=1.3", new { username = login, password });
        return (string)(await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>())!["bearer"]!;
    }

    private static async Task<List<Conversation>> ListAsync(ParleyClient client, int count)
    {
        var found = new Dictionary<string, Conversation>();
        var list = client.SubscribeConversationsAsync(ConversationFilter.All).GetAsyncEnumerator();
        while (found.Count < count) found[(await list.NextAsync()).Conversation.Id] = list.Current.Conversation;
        return [.. found.Values.OrderBy(conversation => conversation.Id, StringComparer.Ordinal)];
    }

    private static JsonArray Raw(IEnumerable<JsonElement> items) => [.. items.Select(item => JsonNode.Parse(item.GetRawText()))];

    private static string AddressOf(JsonElement body)
    {
        var signed = body.GetProperty("queryParams");
        return $"{body.GetProperty("relativePath")}?temp_url_sig={signed.GetProperty("temp_url_sig")}&temp_url_expires={signed.GetProperty("temp_url_expires")}";
    }

    // One conversation goes on, with a file and private words; one is closed; one was taken back by the queue; one waits.
    private async Task TalkAsync(NodeProcess server, ConsumerClient consumer)
    {
        await consumer.ConnectAsync().Within();
        await consumer.RequestAsync("userprofile.SetUserProfile", body =>
        {
            body.WriteString("firstName", "Ann");
            body.WriteString("email", "ann@example.test");
        }).Within();
        await using var agent = new AgentClient(server.Endpoints, AgentCredentials.Password("agent1", _password));
        await agent.ConnectAsync().Within();
        await agent.SetStateAsync(AgentAvailability.Online).Within();
        var rings = agent.SubscribeRingsAsync().GetAsyncEnumerator();

        var open = await OpenAsync(accept: true);
        Assert.Equal(0, await consumer.PublishTextAsync(open, "Hello", new PublishOptions { EventId = "first" }).Within());
        await agent.PublishTextAsync(open, "He is back", new PublishOptions { IsPrivate = true }).Within();
        await agent.PublishTextAsync(open, "Good morning").Within();
        await consumer.SendReceiptAsync(open, "READ", [2]).Within();
        await ShareAsync(server, consumer, open);

        var closed = await OpenAsync(accept: true);
        for (var i = 0; i < 200; i++) await consumer.PublishTextAsync(closed, $"Line {i}").Within();
        await agent.CloseConversationAsync(closed).Within();
        await OpenAsync(accept: false);
        await agent.SetStateAsync(AgentAvailability.Away).Within();
        await consumer.PublishTextAsync(await consumer.RequestConversationAsync().Within(), "Is anybody there?").Within();

        async Task<string> OpenAsync(bool accept)
        {
            var conversation = await consumer.RequestConversationAsync().Within();
            Ring ring;
            do ring = await rings.NextAsync();
            while (ring.ConversationId != conversation || ring.State != RingState.Waiting);
            await (accept ? agent.AcceptRingAsync(ring.Id) : agent.RejectRingAsync(ring.Id)).Within();
            return conversation;
        }
    }

    private async Task ShareAsync(NodeProcess server, ConsumerClient consumer, string conversation)
    {
        var address = await consumer.RequestAsync(Upload, body =>
        {
            body.WriteNumber("fileSize", Picture.Length);
            body.WriteString("fileType", "PNG");
        }).Within();
        using var http = new HttpClient { BaseAddress = server.Address };
        using var answer = await http.PutAsync(AddressOf(address), new ByteArrayContent(Picture));
        answer.EnsureSuccessStatusCode();
        _file = address.GetProperty("relativePath").GetString()!;
        await consumer.PublishAsync(conversation, body =>
        {
            body.WriteString("type", "ContentEvent");
            body.WriteString("contentType", "hosted/file");
            body.WriteStartObject("message");
            body.WriteString("caption", "A picture");
            body.WriteString("relativePath", _file);
            body.WriteString("fileType", "PNG");
            body.WriteEndObject();
        }).Within();
    }

    private sealed record AgentKeys(string AppKey, string Secret, string AccessToken, string AccessTokenSecret);
}
