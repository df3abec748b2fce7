using System.Text;
using Parley.Protocol;
using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Gateway.Upgrades;

/// <summary>A socket is the same whichever request of its connection asked for it, and so is every refusal.</summary>
public sealed class UpgradeWayTests(MessagingServer server)
{
    // Its answer has no body.
    private static readonly string Earlier = $"GET {MessagingServer.BrandPath("demo")} HTTP/1.1\r\nHost: localhost\r\n\r\n";

    // Whatever came before it is complete with it, and answered or refused: the server ends the connection by itself. A client that
    // ends its side first may get no answer at all, not even to earlier requests, because the HTTP server then drops what it has not
    // sent yet. Kestrel alone, with nothing of ours before it, did so in 4,818 of 5,000 exchanges; without the early end in none.
    private static readonly byte[] Nonsense = [.. "\r\n\r\n!\r\n\r\n"u8];

    public static TheoryData<string, bool> Others => [.. from what in RequestTexts.Others.Keys from isTls in (bool[])[false, true] select new TheoryDataRow<string, bool>(what, isTls)];

    [Theory]
    [MemberData(nameof(Others))]
    public async Task The_answer_is_that_of_a_later_request(string what, bool isTls)
    {
        var first = await AskAsync(RequestTexts.Others[what], isTls, isLater: false);
        var later = await AskAsync(RequestTexts.Others[what], isTls, isLater: true);

        Assert.Equal(later, first);
    }

    [Fact]
    public async Task However_a_request_is_damaged_the_answer_is_that_of_a_later_request()
    {
        var random = Seed.New();
        for (var round = 0; round < 200 * Seed.Scale; round++)
        {
            var request = Encoding.ASCII.GetBytes(RequestTexts.Good).ToList();
            for (var damage = random.Next(1, 3); damage > 0; damage--) RequestTexts.Damage(random, request);
            byte[] sent = [.. request, .. ClientFrame.Close(1000), .. Nonsense];
            var first = await ExchangeAsync(sent);
            var later = await ExchangeAsync([.. Encoding.ASCII.GetBytes(Earlier), .. sent]);
            Assert.StartsWith("401", later[0]);
            Assert.True(first.SequenceEqual(later.Skip(1)), $"{Encoding.Latin1.GetString(sent)}\n{string.Join('\n', first)}\n\n{string.Join('\n', later)}");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_socket_is_accepted_with_the_same_headers(bool isTls)
    {
        var first = await AskAsync(RequestTexts.Good, isTls, isLater: false);

        Assert.Equal(await AskAsync(RequestTexts.Good, isTls, isLater: true), first);
        Assert.StartsWith("101", first);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Requests_before_the_upgrade_and_frames_behind_it_may_come_in_one_write(bool isTls)
    {
        await using var socket = await ConnectAsync(isTls);

        await socket.SendAsync(Encoding.ASCII.GetBytes(Earlier + Earlier + RequestTexts.Good), ClientFrame.Text("""{"id":1,"type":"GetClock"}"""));

        Assert.Equal(401, (await socket.ReadUpgradeAnswerAsync()).Status);
        Assert.Equal(401, (await socket.ReadUpgradeAnswerAsync()).Status);
        Assert.Equal(101, (await socket.ReadUpgradeAnswerAsync()).Status);
        Assert.Contains("GetClockResponse", await socket.ReadTextAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_may_be_written_byte_by_byte(bool isTls)
    {
        await using var socket = await ConnectAsync(isTls);

        foreach (var b in Encoding.ASCII.GetBytes(RequestTexts.Good)) await socket.SendAsync([b]);

        Assert.Equal(101, (await socket.ReadUpgradeAnswerAsync()).Status);
        await socket.SyncAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_agent_may_name_his_bearer_in_a_header_or_in_the_path(bool isInHeader)
    {
        var bearer = (string)(await server.LoginAsync("demo"))["bearer"]!;
        await using var socket = isInHeader
            ? await server.OpenAsync($"{MessagingServer.BrandPath("demo")}?v=2.1", $"Authorization: jwt {bearer}")
            : await server.OpenAsync($"{MessagingServer.BrandPath("demo")}/{bearer}?v=2.1");
        await using var agent = new WireClient(socket, Dialect.V21);

        await agent.DoAsync(".ams.routing.SubscribeRoutingTasks");
    }

    [Theory]
    [InlineData(null, "127.0.0.1")]
    [InlineData("10.0.0.1", "127.0.0.1")]
    [InlineData("127.0.0.0/8", "192.0.2.7")]
    public async Task A_client_behind_a_trusted_proxy_is_known_by_his_own_address(string? proxy, string address)
    {
        await using var behind = await MessagingServer.StartAsync(o => o.TrustedProxies = proxy is null ? [] : [proxy]);
        await using var manager = await behind.AgentAsync("demo", AgentRole.Manager);
        await manager.DoAsync(".ams.aam.SubscribeExConversations");
        var jwt = await behind.SignupAsync("demo");
        var socket = await behind.OpenAsync(
            MessagingServer.ConsumerPath("demo", "?v=3&appId=web%20app&v=3"), $"Authorization: jwt {jwt}", "X-Forwarded-For: 198.51.100.1, 192.0.2.7", "X-Forwarded-Proto: https");
        await using var consumer = new WireClient(socket, Dialect.V3);
        await Talk.OpenConversationAsync(consumer);

        var record = await manager.NotificationAsync(".ams.aam.ExConversationChangeNotification", f => f.Change is not null);

        var shown = record.Change!["result"]!["conversationDetails"]!["context"]!["clientProperties"]!;
        Assert.Equal(("web app", address), ((string?)shown["appId"], (string?)shown["ipAddress"]));
    }

    [Fact]
    public async Task Connections_above_their_limit_are_closed()
    {
        await using var small = await MessagingServer.StartAsync(o => o.Limits.Connections = 1);
        await using var only = await small.OpenAsync(RequestTexts.Path);

        await using var surplus = await RawSocket.ConnectAsync(small.Bound.Http.Port);

        Assert.Null(await surplus.ReadAsync());
        await only.SyncAsync();
    }

    // All answers to these bytes, until the server ends the connection or the socket.
    private async Task<List<string>> ExchangeAsync(byte[] sent)
    {
        await using var socket = await ConnectAsync(isTls: false);
        await socket.SendAsync(sent);
        var answers = new List<string>();
        for (var isOver = false; !isOver;)
        {
            var answer = await socket.ReadUpgradeAnswerAsync();
            answers.Add(Text(answer));
            isOver = answer.Status == 101 || answer.Headers.GetValueOrDefault("Connection") == "close";
            if (answer.Status == 101) answers.Add($"{(await socket.ReadCloseAsync()).CloseCode}");
            else if (isOver) Assert.Null(await socket.ReadAsync());
        }

        return answers;
    }

    private async Task<string> AskAsync(string request, bool isTls, bool isLater)
    {
        await using var socket = await ConnectAsync(isTls);
        await socket.SendAsync(Encoding.UTF8.GetBytes((isLater ? Earlier : "") + request));
        if (isLater) Assert.Equal(401, (await socket.ReadUpgradeAnswerAsync()).Status);
        return Text(await socket.ReadUpgradeAnswerAsync());
    }

    private static string Text(UpgradeAnswer answer) =>
        string.Join('\n', [$"{answer.Status}", .. answer.Headers.Where(h => h.Key != "Date").Select(h => $"{h.Key}: {h.Value}").Order()]);

    private Task<RawSocket> ConnectAsync(bool isTls) => RawSocket.ConnectAsync(isTls ? server.Bound.Https.Port : server.Bound.Http.Port, isTls ? server.Authority : null);
}
