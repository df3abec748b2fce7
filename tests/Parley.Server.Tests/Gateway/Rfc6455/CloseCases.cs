using System.Text;
using Parley.Server.Tests.Support;
using static Parley.Server.Tests.Gateway.Rfc6455.FrameCase;

namespace Parley.Server.Tests.Gateway.Rfc6455;

/// <summary>Group 7: how a socket is closed (RFC 6455, 5.5.1, 7.4). A valid code is given back, a frame without one is answered 1000.</summary>
internal static class CloseCases
{
    private static readonly int[] ValidCodes = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999];
    private static readonly int[] InvalidCodes = [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 9999, 65_535];

    // The frame by which the client closes, and more that must not be heeded: in one write, since who sends on after a close may be cut.
    private static readonly (string Name, byte[][] Before, byte[][] After, ReceivedFrame[] Answers)[] Sequences =
    [
        ("7.1.1 after a text", [ClientFrame.Text("a")], [], [Echo("a")]),
        ("7.1.2 twice", [], [ClientFrame.Close(1000)], []),
        ("7.1.3 then a ping", [], [ClientFrame.Ping()], []),
        ("7.1.4 then a text", [], [ClientFrame.Text("a")], []),
        ("7.1.5 inside a message", [ClientFrame.Text("a", isFinal: false)], [ClientFrame.Build(ClientFrame.Continuation, "b"u8)], []),
        ("7.1.6 then what is no frame", [], [[0xff, 0xff, 0xff]], []),
    ];

    public static IEnumerable<FrameCase> All =>
    [
        .. Sequences.Select(s => Closed(s.Name, 1000, Together([.. s.Before, ClientFrame.Close(1000), .. s.After]), s.Answers)),
        Closed("7.1.7 after 256 KiB", 1000, Together(ClientFrame.Build(1, new byte[256 * 1024]), ClientFrame.Close(1000)), Echo(new byte[256 * 1024])),
        Closed("7.3.1 without a code", 1000, [ClientFrame.Build(ClientFrame.CloseOpcode, default)]),
        Refused("7.3.2 one byte", 1002, ClientFrame.Build(ClientFrame.CloseOpcode, [3])),
        Closed("7.3.3 a code", 1000, [ClientFrame.Close(1000)]),
        Closed("7.3.4 a code and a reason", 1000, [ClientFrame.Close(1000, "Ciao, 日本")]),
        Closed("7.3.5 a reason of 123 bytes", 1000, [ClientFrame.Close(1000, new string('x', 123))]),
        Refused("7.3.6 a reason of 124 bytes", 1002, ClientFrame.Close(1000, new string('x', 124))),
        Refused("7.3.7 fragmented", 1002, ClientFrame.Build(ClientFrame.CloseOpcode, [3, 0xe8], isFinal: false)),
        Closed("7.3.8 byte by byte", 1000, Chopped(ClientFrame.Close(1000, "Ciao"))),
        Refused("7.5.1 a reason that is not UTF-8", 1007, ClientFrame.Close(1000, Convert.FromHexString("cebae1bdb9cf83cebcceb5eda080656469746564"))),
        Refused("7.5.2 a reason cut inside a character", 1007, ClientFrame.Close(1000, Encoding.UTF8.GetBytes("日")[..2])),
        .. ValidCodes.Select(code => Closed($"7.7 code {code}", code, [ClientFrame.Close(code, "x")])),
        .. InvalidCodes.Select(code => Refused($"7.9 code {code}", 1002, ClientFrame.Close(code))),
        .. InvalidCodes.Select(code => Refused($"7.9 code {code} with a reason", 1002, ClientFrame.Close(code, "x"))),
    ];

    private static FrameCase Closed(string id, int code, byte[][] writes, params ReceivedFrame[] answers) => new(id, writes, answers) { Code = code, IsClosedByClient = true };

    private static FrameCase Refused(string id, int code, byte[] frame) => new(id, [frame]) { Code = code };
}
