using Parley.Server.Tests.Support;
using static Parley.Server.Tests.Gateway.Rfc6455.FrameCase;

namespace Parley.Server.Tests.Gateway.Rfc6455;

/// <summary>Group 1: text and binary of every length class (RFC 6455, 5.2, 5.6). Binary is refused (7.4.1, 1003).</summary>
internal static class FramingCases
{
    private static readonly int[] Lengths = [0, 1, 124, 125, 126, 127, 128, 65_535, 65_536];

    public static IEnumerable<FrameCase> All =>
    [
        .. Lengths.Select(length => Text($"1.1 text of {length}", length)),
        .. Lengths.Select(length => new FrameCase($"1.2 binary of {length}", [ClientFrame.Build(ClientFrame.Binary, new byte[length])]) { Code = 1003 }),
        new("1.1 text of 65536 in writes of 997", Chopped(ClientFrame.Build(ClientFrame.TextOpcode, Payload(65_536)), 997), Echo(Payload(65_536))),
        new("1.2 binary of 65536 in writes of 997", Chopped(ClientFrame.Build(ClientFrame.Binary, Payload(65_536)), 997)) { Code = 1003 },
        .. Lengths.Take(7).Select(length => new FrameCase($"1.3 text of {length} byte by byte", Chopped(ClientFrame.Build(ClientFrame.TextOpcode, Payload(length))), Echo(Payload(length)))),
        new("1.4 length in more bytes than needed", Together(Wide(126, 2), Wide(127, 8)), Echo("*"), Echo("*")),
        new("1.5 the top bit of a length is set", [ClientFrame.Header(ClientFrame.TextOpcode, 1UL << 63)]) { Code = 1002 },
        new("1.6 text without a mask", [ClientFrame.Build(ClientFrame.TextOpcode, "*"u8, isMasked: false)]) { Code = 1002 },
        new("1.7 ping without a mask", Together(ClientFrame.Text("a"), ClientFrame.Build(ClientFrame.PingOpcode, default, isMasked: false)), Echo("a")) { Code = 1002 },
        new("1.8 messages in one write", Together([.. Enumerable.Range(0, 50).Select(n => ClientFrame.Text($"{n}"))]), [.. Enumerable.Range(0, 50).Select(n => Echo($"{n}"))]),
    ];

    private static FrameCase Text(string id, int length) => new(id, [ClientFrame.Build(ClientFrame.TextOpcode, Payload(length))], Echo(Payload(length)));

    private static byte[] Payload(int length)
    {
        var payload = new byte[length];
        Array.Fill(payload, (byte)'*');
        return payload;
    }

    // The RFC tells senders to use the fewest bytes; the server reads what is unambiguous.
    private static byte[] Wide(byte code, int bytes) => [0x81, (byte)(0x80 | code), .. new byte[bytes - 1], 1, 0, 0, 0, 0, (byte)'*'];
}
