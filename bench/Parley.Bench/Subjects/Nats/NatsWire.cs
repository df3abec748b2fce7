using System.Buffers.Text;
using Parley.Bench.Load;

namespace Parley.Bench.Subjects.Nats;

/// <summary>The client protocol of NATS: the stream's acknowledgement comes to a subject that ends with the publish's number.</summary>
internal sealed class NatsWire(int pair, int bytes) : IPairWire
{
    private const int ConsumerSequence = 6;

    private readonly NumberedBytes _publish = NumberedBytes.Plain(
        $"PUB conv.{pair} answer.{pair}.{NumberedBytes.Mark} {bytes}\r\n{NumberedBytes.Fill("", "", bytes)}\r\n");

    public bool TellsSender => false;

    public void Publish(LeanSocket sender, long number) => _publish.Queue(sender, number);

    public bool TryTake(LeanSocket socket, bool isAgent, out ReceivedFrame frame, out ReadOnlySpan<byte> bytes)
    {
        frame = ReceivedFrame.Other;
        bytes = socket.Unread;
        var end = bytes.IndexOf("\r\n"u8);
        if (end < 0) return false;
        var line = bytes[..end];
        if (line.StartsWith("MSG "u8)) return TryMessage(socket, line, isAgent, ref frame, ref bytes);
        bytes = line;
        socket.TrySkip(end + 2);
        if (line.SequenceEqual("PING"u8)) socket.Queue("PONG\r\n"u8);
        else if (line.StartsWith("-ERR"u8)) frame = ReceivedFrame.Unknown;
        return true;
    }

    // MSG subject sid [reply] length, then the payload.
    private static bool TryMessage(LeanSocket socket, ReadOnlySpan<byte> line, bool isAgent, ref ReceivedFrame frame, ref ReadOnlySpan<byte> bytes)
    {
        if (!Utf8Parser.TryParse(line[(line.LastIndexOf((byte)' ') + 1)..], out int length, out _)) throw new IOException("A message has no length.");
        var head = line.Length + 2;
        if (bytes.Length < head + length + 2) return false;
        bytes = bytes[..(head + length + 2)];
        socket.TrySkip(bytes.Length);
        var payload = bytes.Slice(head, length);
        var isNumber = Utf8Parser.TryParse(isAgent ? payload : AnswerNumber(line), out long number, out _);
        frame = !isNumber ? ReceivedFrame.Unknown
            : isAgent ? new ReceivedFrame(ReceivedKind.Delivery, number, DeliveryNumber(line), 0)
            : new ReceivedFrame(ReceivedKind.Answer, number, -1, payload.StartsWith("{\"stream\""u8) ? 200 : 503);
        return true;
    }

    // answer.PAIR.NUMBER
    private static ReadOnlySpan<byte> AnswerNumber(ReadOnlySpan<byte> line)
    {
        var subject = line[4..];
        subject = subject[..subject.IndexOf((byte)' ')];
        return subject[(subject.LastIndexOf((byte)'.') + 1)..];
    }

    // The reply subject is $JS.ACK.STREAM.CONSUMER.DELIVERED.STREAMSEQUENCE.CONSUMERSEQUENCE..., counted from 1.
    private static long DeliveryNumber(ReadOnlySpan<byte> line)
    {
        var reply = line[line.IndexOf("$JS.ACK."u8)..];
        for (var i = 0; i < ConsumerSequence; i++) reply = reply[(reply.IndexOf((byte)'.') + 1)..];
        return Utf8Parser.TryParse(reply, out long sequence, out _) ? sequence - 1 : -1;
    }
}
