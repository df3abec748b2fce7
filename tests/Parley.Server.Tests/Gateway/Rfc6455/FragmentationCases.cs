using Parley.Server.Tests.Support;
using static Parley.Server.Tests.Gateway.Rfc6455.FrameCase;

namespace Parley.Server.Tests.Gateway.Rfc6455;

/// <summary>Group 5: fragmented messages (RFC 6455, 5.4). Each goes out in one write, frame by frame, and byte by byte.</summary>
internal static class FragmentationCases
{
    private static readonly byte[] Ping = ClientFrame.Ping(7);

    private static readonly FrameCase[] Sequences =
    [
        Refused("5.1 ping in two fragments", ClientFrame.Build(ClientFrame.PingOpcode, "a"u8, isFinal: false), Rest("b")),
        Refused("5.2 pong in two fragments", ClientFrame.Build(ClientFrame.PongOpcode, "a"u8, isFinal: false), Rest("b")),
        Allowed("5.3 text in two fragments", [First("a"), Rest("b")], Echo("ab")),
        Allowed("5.4 text in three fragments", [First("a"), More("b"), Rest("c")], Echo("abc")),
        Allowed("5.5 empty fragments", [First(""), More(""), Rest("")], Echo("")),
        Allowed("5.6 ping between two fragments", [First("a"), Ping, Rest("b")], Pong(7), Echo("ab")),
        Allowed("5.7 pong between two fragments", [First("a"), ClientFrame.Build(ClientFrame.PongOpcode, "x"u8), Rest("b")], Echo("ab")),
        Allowed("5.8 pings between and behind fragments", [First("a"), Ping, More("b"), Ping, Rest("c"), Ping], Pong(7), Pong(7), Echo("abc"), Pong(7)),
        Refused("5.9 the end of nothing", Rest("a"), ClientFrame.Text("b")),
        Refused("5.10 the middle of nothing", More("a"), ClientFrame.Text("b")),
        Refused("5.11 the end of nothing, empty", Rest("")),
        Refused("5.12 the end of nothing after a fragmented message", [First("a"), Rest("b"), Rest("c")], Echo("ab")),
        Refused("5.13 the middle of nothing after a text", [ClientFrame.Text("a"), More("b")], Echo("a")),
        Refused("5.14 text inside a message", First("a"), ClientFrame.Text("b")),
        Refused("5.15 first fragment inside a message", First("a"), First("b")),
        Refused("5.16 binary inside a message", First("a"), ClientFrame.Build(ClientFrame.Binary, "b"u8), code: 1003),
        Refused("5.17 binary's first fragment", ClientFrame.Build(ClientFrame.Binary, "a"u8, isFinal: false), Rest("b"), code: 1003),
        Allowed("5.18 two fragmented messages", [First("a"), Rest("b"), First("c"), Rest("d")], Echo("ab"), Echo("cd")),
        Allowed("5.19 five fragments with pings, twice", [.. FiveAndPings, .. FiveAndPings], [.. FiveAnswers, .. FiveAnswers]),
        Allowed("5.20 close between fragments", [First("a"), ClientFrame.Close(1000)]) with { Code = 1000, IsClosedByClient = true },
    ];

    public static IEnumerable<FrameCase> All => Sequences.SelectMany(c => (FrameCase[])
    [
        c with { Id = $"{c.Id}, in one write", Writes = Together([.. c.Writes]) },
        c with { Id = $"{c.Id}, frame by frame" },
        c with { Id = $"{c.Id}, byte by byte", Writes = Chopped(Together([.. c.Writes])[0]) },
    ]);

    private static byte[][] FiveAndPings => [First("a"), More("b"), Ping, More("c"), More("d"), Ping, Rest("e")];

    private static ReceivedFrame[] FiveAnswers => [Pong(7), Pong(7), Echo("abcde")];

    private static byte[] First(string text) => ClientFrame.Text(text, isFinal: false);

    private static byte[] More(string text) => ClientFrame.Build(ClientFrame.Continuation, System.Text.Encoding.UTF8.GetBytes(text), isFinal: false);

    private static byte[] Rest(string text) => ClientFrame.Build(ClientFrame.Continuation, System.Text.Encoding.UTF8.GetBytes(text));

    private static FrameCase Allowed(string id, byte[][] writes, params ReceivedFrame[] answers) => new(id, writes, answers);

    private static FrameCase Refused(string id, byte[] first, byte[]? second = null, int code = 1002) => new(id, second is null ? [first] : [first, second]) { Code = code };

    private static FrameCase Refused(string id, byte[][] writes, params ReceivedFrame[] answers) => new(id, writes, answers) { Code = 1002 };
}
