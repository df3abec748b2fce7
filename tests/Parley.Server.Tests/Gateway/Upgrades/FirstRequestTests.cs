using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Server.Gateway.Upgrades;
using Parley.Server.Hosting;
using Parley.Server.Tests.Ownership.Support;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Gateway.Upgrades;

/// <summary>Whose the bytes of a connection are: all of them the HTTP server's, or none.</summary>
public sealed class FirstRequestTests : IAsyncLifetime
{
    private static readonly byte[] Good = Encoding.ASCII.GetBytes(RequestTexts.Good);

    private TestMessaging _messaging = null!;
    private FirstRequests _requests = null!;

    public static TheoryData<string> Others => [.. RequestTexts.Others.Keys];

    public async ValueTask InitializeAsync()
    {
        (_messaging, _) = await TestMessaging.StartInMemoryAsync();
        _requests = new FirstRequests(_messaging.Admission, new ForwardedPeers([], NullLoggerFactory.Instance), _messaging.Time);
    }

    public ValueTask DisposeAsync()
    {
        _requests.Dispose();
        return _messaging.DisposeAsync();
    }

    [Fact]
    public async Task A_request_may_come_in_any_two_pieces_with_frames_behind_it()
    {
        byte[] sent = [.. Good, .. ClientFrame.Ping(1, 2, 3), .. ClientFrame.Close(1000)];
        for (var cut = 0; cut <= sent.Length; cut++) AssertSocket(await ExchangeAsync(sent[..cut], sent[cut..]), $"cut at {cut}");
    }

    [Fact]
    public async Task A_request_may_come_byte_by_byte() =>
        AssertSocket(await ExchangeAsync([.. Good.Concat(ClientFrame.Ping(1, 2, 3)).Concat(ClientFrame.Close(1000)).Select(b => new[] { b })]), "byte by byte");

    [Theory]
    [MemberData(nameof(Others))]
    public async Task What_is_wrong_or_unusual_is_the_HTTP_servers_to_the_last_byte(string what)
    {
        var sent = Encoding.UTF8.GetBytes(RequestTexts.Others[what] + "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n");
        await AssertHttpAsync(sent, sent);
        await AssertHttpAsync(sent, [.. sent.Select(b => new[] { b })]);
        var random = Seed.New();
        for (var i = 0; i < 20; i++)
        {
            var cut = random.Next(sent.Length);
            await AssertHttpAsync(sent, sent[..cut], sent[cut..]);
        }
    }

    [Fact]
    public async Task However_a_request_is_damaged_nobody_gets_a_part_of_it()
    {
        var random = Seed.New();
        for (var round = 0; round < 2_000 * Seed.Scale; round++)
        {
            var request = Good.ToList();
            for (var damage = random.Next(1, 4); damage > 0; damage--) RequestTexts.Damage(random, request);
            byte[] sent = [.. request, .. ClientFrame.Ping(1, 2, 3), .. ClientFrame.Close(1000)];
            var (first, second) = (random.Next(sent.Length), random.Next(sent.Length));
            var pieces = new[] { sent[..Math.Min(first, second)], sent[Math.Min(first, second)..Math.Max(first, second)], sent[Math.Max(first, second)..] };
            var (connection, answer) = await ExchangeAsync(pieces);
            if (connection.IsHttp)
            {
                Assert.True(sent.AsSpan().SequenceEqual(connection.Http) && answer.Length == 0, Encoding.Latin1.GetString(sent));
                continue;
            }

            // An empty line may have come into the midst of it: what stands behind that is read as frames, as behind a good request.
            var (_, expected) = await ExchangeAsync([.. Good, .. sent[HeadLength(sent)..]]);
            Assert.True(answer.AsSpan().StartsWith("HTTP/1.1 101 Switching Protocols\r\n"u8), Encoding.Latin1.GetString(sent));
            var frames = answer[HeadLength(answer)..];
            // 4401: the damaged path names an identity, of nobody.
            if (frames is not [0x88, _, 0x11, 0x31, ..]) Assert.Equal(expected[HeadLength(expected)..], frames);
        }
    }

    [Fact]
    public async Task The_first_byte_of_another_request_is_enough()
    {
        var connection = new MemoryConnection(_requests);

        await connection.SendAsync("P"u8.ToArray());

        Assert.True(connection.IsHttp);
    }

    [Fact]
    public async Task What_ends_inside_its_head_is_the_HTTP_servers() => await AssertHttpAsync(Good[..50], Good[..20], Good[20..50]);

    [Fact]
    public async Task A_head_that_takes_too_long_is_answered_408_and_silence_not_at_all()
    {
        var (slow, silent) = (new MemoryConnection(_requests), new MemoryConnection(_requests));
        foreach (var b in Good[..29])
        {
            await slow.SendAsync(new[] { b });
            _messaging.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var quick = new MemoryConnection(_requests);
        await quick.SendAsync(Good);
        _messaging.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.StartsWith("HTTP/1.1 408 ", Encoding.ASCII.GetString(await slow.EndAsync()));
        Assert.Empty(await silent.EndAsync());
        Assert.False(slow.IsHttp || silent.IsHttp);
        await quick.SendAsync(ClientFrame.Ping(1, 2, 3));
        await quick.SendAsync(ClientFrame.Close(1000));
        AssertSocket((quick, await quick.EndAsync()), "quick");
    }

    [Fact]
    public async Task What_was_decided_is_not_timed()
    {
        var http = new MemoryConnection(_requests);
        await http.SendAsync("GET / HTTP/1.1\r\n"u8.ToArray());

        _messaging.Time.Advance(TimeSpan.FromMinutes(10));

        await http.SendAsync("Host: x\r\n\r\n"u8.ToArray());
        Assert.Empty(await http.EndAsync());
        Assert.Equal("GET / HTTP/1.1\r\nHost: x\r\n\r\n", Encoding.ASCII.GetString(http.Http));
    }

    [Fact]
    public async Task At_the_servers_end_nobody_is_waited_for()
    {
        var before = new MemoryConnection(_requests);

        await _requests.DrainAsync(default);

        Assert.Empty(await before.EndAsync());
        Assert.Empty(await new MemoryConnection(_requests).EndAsync());
    }

    [Fact]
    public async Task A_socket_that_opens_while_the_server_ends_is_closed_1001()
    {
        await _messaging.DrainAsync();

        var (_, answer) = await ExchangeAsync(Good);

        Assert.True(answer.AsSpan().EndsWith((byte[])[0x88, 25, 3, 0xe9, .. "Server is shutting down"u8]));
    }

    private async Task AssertHttpAsync(byte[] sent, params byte[][] pieces)
    {
        var (connection, answer) = await ExchangeAsync(pieces);
        Assert.True(connection.IsHttp);
        Assert.True(sent.AsSpan().SequenceEqual(connection.Http));
        Assert.Empty(answer);
    }

    private async Task<(MemoryConnection Connection, byte[] Answer)> ExchangeAsync(params byte[][] pieces)
    {
        var connection = new MemoryConnection(_requests);
        foreach (var piece in pieces) await connection.SendAsync(piece);
        return (connection, await connection.EndAsync());
    }

    private static void AssertSocket((MemoryConnection Connection, byte[] Answer) exchange, string what)
    {
        Assert.False(exchange.Connection.IsHttp, what);
        Assert.True(exchange.Answer.AsSpan().StartsWith("HTTP/1.1 101 Switching Protocols\r\n"u8), what);
        Assert.Equal([0x8a, 3, 1, 2, 3, 0x88, 2, 3, 0xe8], exchange.Answer[HeadLength(exchange.Answer)..]);
    }

    private static int HeadLength(byte[] bytes) => bytes.AsSpan().IndexOf("\r\n\r\n"u8) + 4;
}
