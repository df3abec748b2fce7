using Parley.Server.Tests.Support;
using static Parley.Server.Tests.Gateway.Rfc6455.FrameCase;

namespace Parley.Server.Tests.Gateway.Rfc6455;

/// <summary>Groups 3 and 4: reserved bits and opcodes, for which no extension was agreed (RFC 6455, 5.2).</summary>
internal static class ReservedCases
{
    private static readonly int[] Bits = [1, 2, 3, 4, 5, 6, 7];
    private static readonly int[] Opcodes = [3, 4, 5, 6, 7, 11, 12, 13, 14, 15];

    public static IEnumerable<FrameCase> All =>
    [
        .. from bits in Bits
           from opcode in (int[])[ClientFrame.TextOpcode, ClientFrame.Binary, ClientFrame.CloseOpcode, ClientFrame.PingOpcode, ClientFrame.PongOpcode]
           select Refused($"3.1 bits {bits} on opcode {opcode}", ClientFrame.Build(opcode, default, reserved: bits)),
        .. Bits.Select(bits => Refused($"3.2 bits {bits} after a text and before a ping", Together(ClientFrame.Text("a"), ClientFrame.Build(1, "*"u8, reserved: bits), ClientFrame.Ping()), Echo("a"))),
        .. Bits.Select(bits => Refused($"3.3 bits {bits} byte by byte", Chopped([.. ClientFrame.Text("a"), .. ClientFrame.Build(1, "*"u8, reserved: bits)]), Echo("a"))),
        .. Bits.Select(bits => Refused($"3.4 bits {bits} on a continuation", Together(ClientFrame.Text("a", isFinal: false), ClientFrame.Build(0, "b"u8, reserved: bits)))),
        .. Opcodes.Select(opcode => Refused($"4.1 opcode {opcode}", ClientFrame.Build(opcode, default))),
        .. Opcodes.Select(opcode => Refused($"4.2 opcode {opcode} with payload", ClientFrame.Build(opcode, "reserved opcode payload"u8))),
        .. Opcodes.Select(opcode => Refused($"4.3 opcode {opcode} after a text and before a ping", Together(ClientFrame.Text("a"), ClientFrame.Build(opcode, "x"u8), ClientFrame.Ping()), Echo("a"))),
        .. Opcodes.Select(opcode => Refused($"4.4 opcode {opcode} inside a message, byte by byte", Chopped([.. ClientFrame.Text("a", isFinal: false), .. ClientFrame.Build(opcode, default)]))),
    ];

    private static FrameCase Refused(string id, byte[] frame) => Refused(id, [frame]);

    private static FrameCase Refused(string id, byte[][] writes, params ReceivedFrame[] answers) => new(id, writes, answers) { Code = 1002 };
}
