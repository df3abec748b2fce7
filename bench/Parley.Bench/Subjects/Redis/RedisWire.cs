using System.Buffers.Text;
using System.Text;
using Parley.Bench.Load;

namespace Parley.Bench.Subjects.Redis;

/// <summary>XADD by the sender, whose answer is the entry's id; XREAD BLOCK by the agent, repeated from the last id that he got.</summary>
internal sealed class RedisWire(string stream, int bytes) : IPairWire
{
    private readonly NumberedBytes _add = NumberedBytes.Plain(
        $"*5\r\n$4\r\nXADD\r\n${stream.Length}\r\n{stream}\r\n$1\r\n*\r\n$1\r\nm\r\n${bytes}\r\n{NumberedBytes.Fill("", "", bytes)}\r\n");

    private long _answers;
    private (long Time, long Count) _lastAdded;
    private string _lastRead = "0";
    private int _entries;

    public bool TellsSender => false;

    public void Publish(LeanSocket sender, long number) => _add.Queue(sender, number);

    /// <summary>Asks for what follows.</summary>
    public void ReadOn(LeanSocket agent)
    {
        agent.Queue(Encoding.ASCII.GetBytes(
            $"*6\r\n$5\r\nXREAD\r\n$5\r\nBLOCK\r\n$1\r\n0\r\n$7\r\nSTREAMS\r\n${stream.Length}\r\n{stream}\r\n${_lastRead.Length}\r\n{_lastRead}\r\n"));
        agent.Flush();
    }

    public bool TryTake(LeanSocket socket, bool isAgent, out ReceivedFrame frame, out ReadOnlySpan<byte> bytes)
    {
        var reader = new RespReader(bytes = socket.Unread);
        var isWhole = isAgent ? TryEntry(ref reader, socket, out frame) : TryAnswer(ref reader, out frame);
        bytes = bytes[..reader.Position];
        if (isWhole) socket.TrySkip(reader.Position);
        return isWhole;
    }

    // Answers carry no number. That ids rise is what tells that none was given twice or skipped back.
    private bool TryAnswer(ref RespReader reader, out ReceivedFrame frame)
    {
        frame = ReceivedFrame.Unknown;
        if (!reader.TryBulk(out var id)) return false;
        var added = IdOf(id);
        if (added.CompareTo(_lastAdded) > 0) frame = new ReceivedFrame(ReceivedKind.Answer, _answers++, -1, 200);
        _lastAdded = added;
        return true;
    }

    private bool TryEntry(ref RespReader reader, LeanSocket socket, out ReceivedFrame frame)
    {
        frame = ReceivedFrame.Unknown;
        var entries = _entries;
        if (entries == 0)
        {
            if (!reader.TryLine(out var streams)) return false;
            if (RespReader.Number(streams, (byte)'*') != 1) return true;
            if (!reader.TryLine(out _) || !reader.TryBulk(out _) || !reader.TryLine(out var count)) return false;
            entries = RespReader.Number(count, (byte)'*');
        }

        if (!reader.TryLine(out _) || !reader.TryBulk(out var id) || !reader.TryLine(out _) || !reader.TryBulk(out _) || !reader.TryBulk(out var value)) return false;
        if (Utf8Parser.TryParse(value, out long number, out _)) frame = new ReceivedFrame(ReceivedKind.Delivery, number, number, 0);
        _entries = entries - 1;
        if (_entries > 0) return true;
        _lastRead = Encoding.ASCII.GetString(id);
        ReadOn(socket);
        return true;
    }

    private static (long Time, long Count) IdOf(ReadOnlySpan<byte> id) =>
        Utf8Parser.TryParse(id, out long time, out var used) && used < id.Length && Utf8Parser.TryParse(id[(used + 1)..], out long count, out _) ? (time, count) : default;
}
