using System.Text;
using Parley.Server.Tests.Support;
using static Parley.Server.Tests.Gateway.Rfc6455.FrameCase;

namespace Parley.Server.Tests.Gateway.Rfc6455;

/// <summary>Group 2: pings and pongs (RFC 6455, 5.5.2, 5.5.3).</summary>
internal static class PingCases
{
    private static readonly byte[] Longest = [.. Enumerable.Repeat((byte)0xfe, 125)];
    private static readonly byte[][] Ten = [.. Enumerable.Range(0, 10).Select(n => Encoding.ASCII.GetBytes($"payload-{n}"))];

    public static IEnumerable<FrameCase> All =>
    [
        new("2.1 ping without payload", [ClientFrame.Ping()], Pong()),
        new("2.2 ping with text", [ClientFrame.Ping("Hello, world!"u8.ToArray())], Pong("Hello, world!"u8.ToArray())),
        new("2.3 ping with bytes that are no text", [ClientFrame.Ping(0, 0xff, 0xfe, 0xfd, 0xfc, 0xfb, 0, 0xff)], Pong(0, 0xff, 0xfe, 0xfd, 0xfc, 0xfb, 0, 0xff)),
        new("2.4 ping of 125", [ClientFrame.Ping(Longest)], Pong(Longest)),
        new("2.5 ping of 126", [ClientFrame.Ping(new byte[126])]) { Code = 1002 },
        new("2.6 ping of 125 byte by byte", Chopped(ClientFrame.Ping(Longest)), Pong(Longest)),
        new("2.7 pong nobody asked for", Together(ClientFrame.Build(ClientFrame.PongOpcode, default), ClientFrame.Text("a")), Echo("a")),
        new("2.8 pong with payload nobody asked for", Together(ClientFrame.Build(ClientFrame.PongOpcode, "x"u8), ClientFrame.Text("a")), Echo("a")),
        new("2.9 pong, then ping", Together(ClientFrame.Build(ClientFrame.PongOpcode, "x"u8), ClientFrame.Ping(1)), Pong(1)),
        new("2.10 ten pings in one write", Together([.. Ten.Select(ClientFrame.Ping)]), [.. Ten.Select(Pong)]),
        new("2.11 ten pings byte by byte", Chopped(Together([.. Ten.Select(ClientFrame.Ping)])[0]), [.. Ten.Select(Pong)]),
        new("2.12 pong of 126", [ClientFrame.Build(ClientFrame.PongOpcode, new byte[126])]) { Code = 1002 },
        new("2.13 pings between texts", Together(ClientFrame.Text("a"), ClientFrame.Ping(1), ClientFrame.Text("b"), ClientFrame.Ping(2)), Echo("a"), Pong(1), Echo("b"), Pong(2)),
    ];
}
