using System.Net;
using System.Net.Sockets;
using System.Text;
using Parley.Bench.Load;
using Parley.Bench.Subjects.Ejabberd;
using Parley.Bench.Subjects.Nats;
using Parley.Bench.Subjects.Redis;
using Parley.Bench.Subjects.SignalR;

namespace Parley.Bench.SelfCheck;

/// <summary>Bytes as a peer sends them, each alone, and what must be read from them: A for an answer, D for a delivery, with number and code or sequence; O other, U nonsense.</summary>
internal sealed record WireCheck(string Name, Func<IPairWire> Wire, bool IsAgent, byte[] Bytes, string Expected)
{
    private const int PublishBytes = 250;

    public static IReadOnlyList<WireCheck> All { get; } =
    [
        new("Redis answers, then repeats an id, then refuses", () => new RedisWire("s", PublishBytes), false, Text("$3\r\n5-0\r\n$3\r\n5-1\r\n$3\r\n5-1\r\n-ERR no\r\n"), "A0:200 A1:200 U U"),
        new("Redis delivers two entries in one reply and one in the next", () => new RedisWire("s", PublishBytes), true,
            Text($"{Stream(2)}{Entry("1-1", 0)}{Entry("1-2", 7)}{Stream(1)}{Entry("1-3", 2)}"), "D0:0 D7:7 D2:2"),
        new("NATS acknowledges, refuses and pings", () => new NatsWire(3, PublishBytes), false,
            Text("PING\r\nMSG answer.3.00000004 1 22\r\n{\"stream\":\"S\",\"seq\":5}\r\nMSG answer.3.00000005 1 12\r\n{\"error\":{}}\r\n-ERR 'no'\r\n"), "O A4:200 A5:503 U"),
        new("NATS delivers with its own sequence", () => new NatsWire(3, PublishBytes), true, Text("MSG deliver.3 1 $JS.ACK.S.c.1.44.9.1700000000.0 10\r\n00000012 x\r\n"), "D12:8"),
        new("ejabberd acknowledges", () => new XmppWire("a", PublishBytes), false, Frame("<a h='8' xmlns='urn:xmpp:sm:3'/>"), "A7:200"),
        new("ejabberd delivers, then bounces", () => new XmppWire("a", PublishBytes), true,
            [.. Frame("<message id='9'><body>00000009 x</body></message>"), .. Frame("<message type='error'><body>00000009 x</body></message>")], "D9:9 U"),
        new("SignalR completes and fails in one frame", () => new SignalRWire("c", PublishBytes), false,
            Frame("{\"type\":3,\"invocationId\":\"00000001\",\"result\":1}\u001e{\"type\":3,\"invocationId\":\"00000002\",\"error\":\"x\"}\u001e"), "A1:200 A2:503"),
        new("SignalR delivers one message in two frames, after a ping", () => new SignalRWire("c", PublishBytes), true,
            [.. Frame("{\"type\":6}\u001e{\"type\":1,\"target\":\"Message\",\"argum"), .. Frame("ents\":[6,\"00000005 x\"]}\u001e")], "O D5:6"),
    ];

    /// <summary>Sends the bytes over a socket and tells what the wire makes of them.</summary>
    public string Read()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var socket = LeanSocket.Connect((IPEndPoint)listener.LocalEndpoint);
        using var peer = listener.AcceptSocket();
        peer.NoDelay = true;
        var (wire, read) = (Wire(), new List<string>());
        foreach (var piece in Bytes.Chunk(1))
        {
            peer.Send(piece);
            socket.WaitAndReceive();
            while (wire.TryTake(socket, IsAgent, out var frame, out _)) read.Add(Say(frame));
        }

        return string.Join(' ', read);
    }

    private static string Say(in ReceivedFrame frame) => frame.Kind switch
    {
        ReceivedKind.Answer => $"A{frame.Number}:{frame.Code}",
        ReceivedKind.Delivery => $"D{frame.Number}:{frame.Sequence}",
        ReceivedKind.Other => "O",
        _ => "U",
    };

    private static byte[] Text(string text) => Encoding.ASCII.GetBytes(text);

    private static byte[] Frame(string text) => new PeerFrame(false, text).ToBytes();

    private static string Stream(int entries) => $"*1\r\n*2\r\n$1\r\ns\r\n*{entries}\r\n";

    private static string Entry(string id, int number) => $"*2\r\n$3\r\n{id}\r\n*2\r\n$1\r\nm\r\n$8\r\n{number:D8}\r\n";
}
