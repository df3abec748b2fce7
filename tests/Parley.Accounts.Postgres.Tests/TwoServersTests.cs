using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Parley.Accounts.Postgres.Files;
using Parley.Client.Tests.Peer;
using Parley.Journal.Tests.Postgres.Support;
using Parley.Server.Hosting;
using Parley.Server.Identity;
using Parley.Server.Identity.SignIn;
using Parley.Server.Storage;
using Parley.Server.Tests.Support;

namespace Parley.Accounts.Postgres.Tests;

/// <summary>Two servers over one database, as clients see them.</summary>
public sealed class TwoServersTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private readonly string[] _folders = [Directory.CreateTempSubdirectory("parley-a-").FullName, Directory.CreateTempSubdirectory("parley-b-").FullName];
    private readonly ParleyServer[] _servers = new ParleyServer[2];
    private readonly HttpClient[] _clients = new HttpClient[2];

    public async ValueTask InitializeAsync()
    {
        FileTables.Prepare(_database.Source);
        for (var i = 0; i < 2; i++)
        {
            _servers[i] = new ParleyServer(TestOptions.In(_folders[i]))
            {
                Shared = time => new SharedStorage(
                    PostgresAccountStore.Open(_database.Source, time), new PostgresTables(_database.Source), new PostgresFileStore(_database.Source, time)),
            };
        }

        // They come to an empty database together.
        var bound = await Task.WhenAll(_servers.Select(server => server.StartAsync()));
        for (var i = 0; i < 2; i++) _clients[i] = new HttpClient { BaseAddress = new Uri($"http://{bound[i].Http}") };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) client?.Dispose();
        foreach (var server in _servers) await (server?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _database.DisposeAsync();
        foreach (var folder in _folders) Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Who_logged_in_on_one_server_is_served_by_the_other_at_once_and_until_he_is_locked_out_on_the_first()
    {
        var agents = _servers[0].Identity.Agents;
        var agent = await agents.AddAsync(new NewAgent("demo", "bot", AgentRole.Agent, "none", []));
        var bearer = await LoginAsync(_clients[0], await agents.AddKeysAsync(agent));

        using var socket = await ConnectAsync($"brand/{bearer}?v=2");
        await agents.SetEnabledAsync(agent, enabled: false);

        var closed = await socket.ReceiveAsync(new byte[1000], CancellationToken.None).Within();
        Assert.Equal((WebSocketMessageType.Close, (WebSocketCloseStatus)4401), (closed.MessageType, closed.CloseStatus));
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync($"brand/{bearer}?v=2"));
    }

    [Fact]
    public async Task A_login_on_one_server_opens_what_is_told_and_administered_on_the_other()
    {
        var agents = _servers[0].Identity.Agents;
        var agent = await agents.AddAsync(new NewAgent("demo", "boss", AgentRole.Admin, "none", []));
        var keys = await agents.AddKeysAsync(agent);
        foreach (var path in new[] { "/api/account/demo/admin/skills", "/api/account/demo/configuration/le-users/users" })
        {
            using var asked = new HttpRequestMessage(HttpMethod.Get, path);
            asked.Headers.Authorization = new("Bearer", await LoginAsync(_clients[0], keys, "boss"));
            using var answer = await _clients[1].SendAsync(asked);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_consumer_of_an_account_just_added_gets_his_token_and_socket_anywhere()
    {
        await _servers[0].Identity.Accounts.AddAsync("fresh");
        using var signup = await _clients[1].PostAsync("/api/account/fresh/signup", null);
        Assert.Equal(HttpStatusCode.OK, signup.StatusCode);

        await _servers[0].Identity.SigningKeys.RotateAsync(TokenAlgorithm.ES256);
        using var socket = await ConnectAsync($"consumer/{_servers[0].Identity.ConsumerTokens.Issue("fresh").Jwt}?v=3", "fresh");
        await socket.SendAsync("""{"kind":"req","id":"1","type":"GetClock","body":{}}"""u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        Assert.Equal(WebSocketMessageType.Text, (await socket.ReceiveAsync(new byte[1000], CancellationToken.None).Within()).MessageType);
    }

    [Fact]
    public void Of_servers_that_start_together_one_makes_the_first_account_and_knows_its_passwords()
    {
        Assert.Single(_folders, folder => File.ReadAllText(Path.Combine(folder, "lp.env")).Contains("LP_MANAGER_PASS=", StringComparison.Ordinal));
        foreach (var server in _servers) Assert.Equal(["agent1", "manager1"], server.Identity.Agents.All("demo").Select(agent => agent.Login));
    }

    [Fact]
    public async Task Who_steps_up_with_a_token_that_a_key_just_rotated_on_the_other_server_signed_is_taken_for_whom_it_names()
    {
        var anonymous = _servers[1].Identity.ConsumerTokens.Issue("demo");
        using var socket = await ConnectAsync($"consumer/{anonymous.Jwt}?v=3");
        var opened = await AskAsync(socket, "cm.ConsumerRequestConversation", new JsonObject());
        await _servers[0].Identity.SigningKeys.RotateAsync(TokenAlgorithm.ES256);
        var known = _servers[0].Identity.ConsumerTokens.Issue("demo", new ExternalIdentity { Issuer = "https://idp.example", Subject = "ann" }, DateTimeOffset.UtcNow.AddHours(1), anonymous.Consumer.ConsumerId);

        Assert.Equal(400, await StepUpAsync(known.Jwt, "another"));
        Assert.Equal(400, await StepUpAsync("another"));
        Assert.Equal(200, await StepUpAsync(known.Jwt));

        async Task<int> StepUpAsync(params string[] tokens) => (int)(await AskAsync(socket, "cm.UpdateConversationField", new JsonObject
        {
            ["conversationId"] = (string)opened["body"]!["conversationId"]!,
            ["conversationField"] = new JsonArray([.. tokens.Select(jwt => new JsonObject { ["field"] = "StepUpAuthentication", ["jwt"] = jwt })]),
        }))["code"]!;
    }

    [Fact]
    public async Task A_file_that_was_announced_on_one_server_is_taken_by_any_and_once()
    {
        using var socket = await ConnectAsync($"consumer/{_servers[1].Identity.ConsumerTokens.Issue("demo").Jwt}?v=3");
        var address = (await AskAsync(socket, "ms.GenerateURLForUploadFile", new JsonObject { ["fileSize"] = 100, ["fileType"] = "PNG" }))["body"]!;
        var signature = (string)address["queryParams"]!["temp_url_sig"]!;
        byte[] png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0];

        Assert.Equal(HttpStatusCode.Unauthorized, await PutAsync(0, signature[..^2] + (signature[^2] == 'A' ? "B" : "A") + signature[^1]));
        Assert.Equal(HttpStatusCode.Unauthorized, await PutAsync(0, signature[..64]));
        Assert.Equal(HttpStatusCode.Created, await PutAsync(0, signature));
        Assert.Equal(HttpStatusCode.Conflict, await PutAsync(1, signature));
        Assert.Equal(HttpStatusCode.Conflict, await PutAsync(0, signature));

        async Task<HttpStatusCode> PutAsync(int server, string signature)
        {
            using var content = new ByteArrayContent(png);
            using var answer = await _clients[server].PutAsync($"{address["relativePath"]}?temp_url_sig={signature}&temp_url_expires={address["queryParams"]!["temp_url_expires"]}", content);
            return answer.StatusCode;
        }
    }

    private static async Task<JsonNode> AskAsync(ClientWebSocket socket, string type, JsonObject body)
    {
        var id = Guid.NewGuid().ToString();
        await socket.SendAsync(Encoding.UTF8.GetBytes(new JsonObject { ["kind"] = "req", ["id"] = id, ["type"] = type, ["body"] = body }.ToJsonString()), WebSocketMessageType.Text, true, CancellationToken.None);
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, CancellationToken.None).Within();
            Assert.Equal(WebSocketMessageType.Text, received.MessageType);
            if (JsonNode.Parse(buffer.AsSpan(0, received.Count)) is { } frame && (string?)frame["reqId"] == id) return frame;
        }
    }

    private static async Task<string> LoginAsync(HttpClient client, AppKeys keys, string login = "bot")
    {
        var body = new { username = login, appKey = keys.AppKey, secret = keys.Secret, accessToken = keys.AccessToken, accessTokenSecret = keys.AccessTokenSecret };
        using var answer = await client.PostAsJsonAsync("/api/account/demo/login?v=1.3", body);
        return (string)(await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>())!["bearer"]!;
    }

    private async Task<ClientWebSocket> ConnectAsync(string path, string account = "demo")
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{_clients[1].BaseAddress!.Authority}/ws_api/account/{account}/messaging/{path}"), CancellationToken.None).Within();
        return socket;
    }
}
