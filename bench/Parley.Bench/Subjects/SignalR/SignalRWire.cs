using Parley.Bench.Load;

namespace Parley.Bench.Subjects.SignalR;

/// <summary>SignalR's JSON protocol: messages end with a record separator, whatever frames they come in.</summary>
internal sealed class SignalRWire(string conversation, int bytes) : IPairWire
{
    private const byte End = 0x1e;

    private readonly NumberedBytes _publish = NumberedBytes.Frames(NumberedBytes.Fill(
        $"{{\"type\":1,\"invocationId\":\"{NumberedBytes.Mark}\",\"target\":\"Publish\",\"arguments\":[\"{conversation}\",\"", "\"]}\u001e", bytes));

    private readonly Received _atSender = new();
    private readonly Received _atAgent = new();

    public bool TellsSender => true;

    public void Publish(LeanSocket sender, long number) => _publish.Queue(sender, number);

    public bool TryTake(LeanSocket socket, bool isAgent, out ReceivedFrame frame, out ReadOnlySpan<byte> bytes)
    {
        var received = isAgent ? _atAgent : _atSender;
        while (!received.TryTake(out bytes))
        {
            if (!socket.TryReadText(out bytes, out var isWhole))
            {
                frame = ReceivedFrame.Unknown;
                return isWhole;
            }

            received.Add(bytes);
        }

        frame = Read(bytes);
        return true;
    }

    private static ReceivedFrame Read(ReadOnlySpan<byte> message)
    {
        if (message.StartsWith("{\"type\":3,"u8))
            return new ReceivedFrame(ReceivedKind.Answer, ReceivedFrame.After(message, "\"invocationId\":\""u8), -1, message.IndexOf("\"error\":"u8) < 0 ? 200 : 503);
        if (message.StartsWith("{\"type\":6"u8)) return ReceivedFrame.Other;
        return message.StartsWith("{\"type\":1,"u8)
            ? new ReceivedFrame(ReceivedKind.Delivery, ReceivedFrame.After(message, ",\""u8, last: true), ReceivedFrame.After(message, "\"arguments\":["u8), 0)
            : ReceivedFrame.Unknown;
    }

    /// <summary>Text of frames that is not taken yet.</summary>
    private sealed class Received
    {
        private byte[] _bytes = new byte[LeanSocket.UsualBufferBytes];
        private int _start;
        private int _end;

        public void Add(ReadOnlySpan<byte> text)
        {
            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
            (_start, _end) = (0, _end - _start);
            if (_bytes.Length - _end < text.Length) Array.Resize(ref _bytes, 2 * (_end + text.Length));
            text.CopyTo(_bytes.AsSpan(_end));
            _end += text.Length;
        }

        public bool TryTake(out ReadOnlySpan<byte> message)
        {
            message = _bytes.AsSpan(_start, _end - _start);
            var end = message.IndexOf(End);
            message = end < 0 ? default : message[..end];
            _start += end + 1;
            return end >= 0;
        }
    }
}
