using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Gateway.Rfc6455;

/// <summary>RFC 6455 on a server's real sockets, plain and over TLS, grouped as the Autobahn test suite describes its cases.</summary>
public sealed class ConformanceTests(EchoServer server) : IClassFixture<EchoServer>
{
    private static readonly Dictionary<string, FrameCase> All = ((IEnumerable<FrameCase>)
    [
        .. FramingCases.All, .. PingCases.All, .. ReservedCases.All, .. FragmentationCases.All, .. Utf8Cases.All, .. CloseCases.All, .. LimitCases.All,
    ]).ToDictionary(c => c.Id);

    public static IEnumerable<TheoryDataRow<string>> Cases => All.Keys.Select(id => new TheoryDataRow<string>(id));

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Plain(string id) => RunAsync(All[id], isTls: false);

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Tls(string id) => RunAsync(All[id], isTls: true);

    private async Task RunAsync(FrameCase frames, bool isTls)
    {
        await using var socket = await server.OpenAsync(isTls);
        var sending = SendAsync(socket, frames);
        foreach (var expected in frames.Answers) AssertEqual(expected, await socket.ReadAsync());

        var close = await socket.ReadAsync();
        Assert.Equal(ClientFrame.CloseOpcode, close?.Opcode);
        Assert.Equal(frames.Code ?? 1000, close!.CloseCode);
        await sending;
        // After a violation the server waits a moment for the client's end, lest its close frame be lost.
        if (frames is { Code: not null, IsClosedByClient: false }) socket.EndSending();
        Assert.Null(await socket.ReadAsync());
    }

    private static async Task SendAsync(RawSocket socket, FrameCase frames)
    {
        foreach (var bytes in frames.Writes) await socket.SendAsync(bytes);
        if (frames.Code is null) await socket.SendAsync(ClientFrame.Close(1000));
    }

    private static void AssertEqual(ReceivedFrame expected, ReceivedFrame? frame)
    {
        Assert.Equal(expected.Opcode, frame?.Opcode);
        Assert.True(expected.Payload.AsSpan().SequenceEqual(frame!.Payload), $"{frame.Payload.Length} bytes came back that are not the {expected.Payload.Length} expected");
    }
}
