using Parley.Server.Tests.Support;
using static Parley.Server.Tests.Gateway.Rfc6455.FrameCase;

namespace Parley.Server.Tests.Gateway.Rfc6455;

/// <summary>Groups 9 and 10: large messages in one frame, in fragments and in small writes, up to the server's limit and one byte above; many messages at once.</summary>
internal static class LimitCases
{
    private const int Limit = EchoServer.Largest;
    private static readonly byte[] Quarter = Payload(256 * 1024);
    private static readonly byte[] Full = Payload(Limit);

    public static IEnumerable<FrameCase> All =>
    [
        .. ((int[])[64, 256, 1024, 4096]).Select(kib => new FrameCase($"9.1 {kib} KiB in one frame", [ClientFrame.Build(1, Payload(kib * 1024))], Echo(Payload(kib * 1024)))),
        new("9.2 one byte above the limit, in one frame", [ClientFrame.Header(ClientFrame.TextOpcode, Limit + 1)]) { Code = 1009 },
        .. ((int[])[64, 256, 1024, 4096, 16_384, 65_536]).Select(size => new FrameCase($"9.3 256 KiB in fragments of {size}", Batched(Fragmented(1, Quarter, size)), Echo(Quarter))),
        .. ((int[])[65_536, 1024 * 1024]).Select(size => new FrameCase($"9.3 the limit in fragments of {size}", Fragmented(1, Full, size), Echo(Full))),
        new("9.4 fragments that together are above the limit", [.. Fragmented(1, [.. Full, .. "x"u8], 1024 * 1024).SkipLast(1), ClientFrame.Header(ClientFrame.Continuation, 1)]) { Code = 1009 },
        new("9.4 the limit, then another message of the limit", [ClientFrame.Build(1, Full), ClientFrame.Build(1, Full)], Echo(Full), Echo(Full)),
        new("9.4 a length that would overflow, inside a message", Together(ClientFrame.Text("a", isFinal: false), ClientFrame.Header(ClientFrame.Continuation, long.MaxValue))) { Code = 1009 },
        .. ((int[])[64, 128, 256, 512, 1024, 2048]).Select(size => new FrameCase($"9.5 256 KiB in writes of {size}", Chopped(ClientFrame.Build(1, Quarter), size), Echo(Quarter))),
        .. ((int[])[0, 16, 64, 256, 1024, 4096]).Select(length => new FrameCase($"9.7 1000 texts of {length}", Batched([.. Enumerable.Repeat(ClientFrame.Build(1, Payload(length)), 1000)]), [.. Enumerable.Repeat(Echo(Payload(length)), 1000)])),
        new("10.1 64 KiB in fragments of 1300", Fragmented(1, Payload(65_536), 1300), Echo(Payload(65_536))),
    ];

    // A few frames to a write, cut anywhere, as a network does.
    private static byte[][] Batched(byte[][] frames) => Chopped(Together(frames)[0], 10_007);

    private static byte[] Payload(int length)
    {
        var payload = new byte[length];
        for (var i = 0; i < length; i++) payload[i] = (byte)('a' + (i % 23));
        return payload;
    }
}
