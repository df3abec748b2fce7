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
            byte[] sent = [.. request, .. ClientFrame.Close(1000)];
            var first = await ExchangeAsync(sent);
            var later = await ExchangeAsync([.. Encoding.ASCII.GetBytes(Earlier), .. sent]);
            // Not even the request before it was answered: the connection was cut, and nothing is known of this one.
            if (later.Length == 0) continue;
            // What follows a refusal is no request; whether that is still told depends on when the end of the stream is seen.
            var end = first.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            var answer = end < 0 || first.StartsWith("HTTP/1.1 101", StringComparison.Ordinal) ? first : first[..(end + 4)];
            Assert.True(later.Contains(answer, StringComparison.Ordinal), $"{Encoding.Latin1.GetString(sent)}\n{first}\n{later}");
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

    // All that comes for these bytes when nothing follows them, but for the time.
    private async Task<string> ExchangeAsync(byte[] sent)
    {
        await using var socket = await ConnectAsync(isTls: false);
        await socket.SendAsync(sent);
        socket.EndSending();
        return string.Join("\r\n", Encoding.Latin1.GetString(await socket.ReadToEndAsync()).Split("\r\n").Where(line => !line.StartsWith("Date: ", StringComparison.Ordinal)));
    }

    private async Task<string> AskAsync(string request, bool isTls, bool isLater)
    {
        await using var socket = await ConnectAsync(isTls);
        await socket.SendAsync(Encoding.UTF8.GetBytes((isLater ? Earlier : "") + request));
        if (isLater) Assert.Equal(401, (await socket.ReadUpgradeAnswerAsync()).Status);
        var answer = await socket.ReadUpgradeAnswerAsync();
        return string.Join('\n', [$"{answer.Status}", .. answer.Headers.Where(h => h.Key != "Date").Select(h => $"{h.Key}: {h.Value}").Order()]);
    }

    private Task<RawSocket> ConnectAsync(bool isTls) => RawSocket.ConnectAsync(isTls ? server.Bound.Https.Port : server.Bound.Http.Port, isTls ? server.Authority : null);
}
