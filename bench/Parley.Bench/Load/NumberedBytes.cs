using System.Text;

namespace Parley.Bench.Load;

/// <summary>Bytes that are sent again and again, in which only a number changes: framed and masked once, patched where they lie.</summary>
internal sealed class NumberedBytes
{
    /// <summary>Stands for the number, leading zeros included.</summary>
    public const string Mark = "########";

    private const string Words = " Hello there, I would like to know where my parcel is right now, please ";

    private readonly byte[] _bytes;
    private readonly int[] _marks;

    /// <param name="bytes">As they go over the wire.</param>
    /// <param name="marks">Where <see cref="Mark"/> stands in them, masked or not.</param>
    private NumberedBytes(byte[] bytes, int[] marks) => (_bytes, _marks) = (bytes, marks);

    /// <summary>Text without any framing.</summary>
    public static NumberedBytes Plain(string text) => new(Encoding.ASCII.GetBytes(text), [.. MarksIn(text)]);

    /// <summary>Text frames of WebSocket, one for each text.</summary>
    public static NumberedBytes Frames(params string[] texts)
    {
        var (bytes, marks) = (new List<byte>(), new List<int>());
        foreach (var text in texts)
        {
            var frame = MaskedFrame.Create(FrameHeader.Text, Encoding.ASCII.GetBytes(text));
            marks.AddRange(MarksIn(text).Select(at => bytes.Count + frame.Length - text.Length + at));
            bytes.AddRange(frame);
        }

        return new NumberedBytes([.. bytes], [.. marks]);
    }

    /// <summary>A message of exactly so many bytes, envelope included; its text begins with the number.</summary>
    public static string Fill(string start, string end, int bytes)
    {
        var room = bytes - start.Length - end.Length;
        return room >= Mark.Length
            ? start + (Mark + Words).PadRight(room, '.')[..room] + end
            : throw new ArgumentOutOfRangeException(nameof(bytes), bytes, $"A publish needs {bytes - room + Mark.Length} bytes at least.");
    }

    /// <summary>Queues them with this number.</summary>
    public void Queue(LeanSocket socket, long number)
    {
        var room = socket.Queue(_bytes);
        foreach (var mark in _marks)
        {
            var rest = number;
            // Where the bytes are masked, so is the mark: what turns it into a digit turns the masked one into a masked digit.
            for (var at = mark + Mark.Length - 1; at >= mark; at--, rest /= 10) room[at] ^= (byte)('#' ^ ('0' + rest % 10));
        }
    }

    private static IEnumerable<int> MarksIn(string text)
    {
        for (var at = text.IndexOf(Mark, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Mark, at + Mark.Length, StringComparison.Ordinal)) yield return at;
    }
}
