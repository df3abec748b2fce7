using System.IO.Pipelines;
using System.Text.Json.Nodes;
using Parley.Protocol;
using Parley.Server.Gateway;
using Parley.Server.Hosting;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Gateway;

public sealed class SlowReaderTests
{
    private const int Messages = 40;

    [Fact]
    public async Task Who_reads_too_slowly_is_closed_1013_and_catches_up_by_sequence()
    {
        await using var server = await MessagingServer.StartAsync(o =>
        {
            o.Limits.RateLimits = false;
            o.Limits.TextCharacters = 600_000;
            o.Limits.OutboundBytes = 1_000_000;
        });
        var jwt = await server.SignupAsync("demo");
        await using var publisher = await server.ConsumerAsync("demo", jwt);
        var dialog = await Talk.OpenConversationAsync(publisher);
        await using var slow = await SubscribeAsync(server, jwt, dialog, 0, receiveBuffer: 64 * 1024);
        for (var i = 0; i < Messages; i++) await publisher.PublishAsync(dialog, new string('x', 500_000));

        var received = new List<int>();
        ReceivedFrame? frame;
        while ((frame = await slow.ReadAsync())!.Opcode == ClientFrame.TextOpcode) AddSequence(received, frame.Text);
        Assert.Equal((1013, "Reading too slowly"), (frame.CloseCode, frame.CloseReason));
        Assert.True(received.Count < Messages, "It was not slow enough to be cut");

        await using var again = await SubscribeAsync(server, jwt, dialog, received.Count);
        while (received.Count < Messages) AddSequence(received, await again.ReadTextAsync());
        Assert.Equal(Enumerable.Range(0, Messages), received);
    }

    [Fact]
    public async Task Answers_that_nobody_takes_stop_the_reading_of_requests()
    {
        var output = new Pipe(new PipeOptions(pauseWriterThreshold: 100, resumeWriterThreshold: 50, useSynchronizationContext: false));
        var transport = new Transport(new Pipe().Reader, output.Writer);
        var connection = new Connection("demo", Dialect.V3, transport, new LimitOptions { OutboundBytes = 1000 }, TimeProvider.System, new Ownership.Support.TestLifetime());

        for (var i = 0; i < 2; i++)
        {
            connection.Answer(connection.TakeSlot(), new byte[1001]);
            Assert.Equal(i == 0, connection.BeginRead());
        }

        var readable = connection.ReadableAsync();
        Assert.False(readable.IsCompleted);
        var taking = output.Reader.CopyToAsync(Stream.Null);
        await readable.WaitAsync(RawSocket.Patience);
        Assert.True(connection.BeginRead());
        await output.Writer.CompleteAsync();
        await taking;
    }

    private static async Task<RawSocket> SubscribeAsync(MessagingServer server, string jwt, string dialog, int from, int? receiveBuffer = null)
    {
        var socket = await RawSocket.ConnectAsync(server.Bound.Http.Port, receiveBuffer: receiveBuffer);
        await socket.UpgradeAsync(MessagingServer.ConsumerPath("demo"), $"Authorization: jwt {jwt}");
        await socket.SendAsync(ClientFrame.Text(WireClient.Request("s", "ms.SubscribeMessagingEvents", $$"""{"dialogId":"{{dialog}}","fromSeq":{{from}}}""")));
        Assert.Contains("\"reqId\":\"s\"", await socket.ReadTextAsync());
        return socket;
    }

    private static void AddSequence(List<int> received, string text)
    {
        foreach (var change in JsonNode.Parse(text)!["body"]!["changes"]!.AsArray()) received.Add((int)change!["sequence"]!);
    }

    private sealed record Transport(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
