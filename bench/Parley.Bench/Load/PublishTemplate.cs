using System.Text;

namespace Parley.Bench.Load;

/// <summary>A publish to one dialog, masked once; only its number changes, which is both the request's id and the message's first word.</summary>
internal sealed class PublishTemplate
{
    /// <summary>Of a number, leading zeros included.</summary>
    public const int Digits = 8;

    /// <summary>Of the JSON, as all workloads use it.</summary>
    public const int UsualBytes = 250;

    /// <summary>Of the frame that carries it.</summary>
    public const int HeaderBytes = 8;

    private const string Zero = "00000000";
    private const string Text = " Hello there, I would like to know where my parcel is right now, please ";

    private readonly byte[] _frame;
    private readonly int _payload;
    private readonly int _id;
    private readonly int _message;

    /// <param name="dialogId">Where to.</param>
    /// <param name="bytes">Of the JSON.</param>
    public PublishTemplate(string dialogId, int bytes)
    {
        const string IdStart = "{\"kind\":\"req\",\"id\":\"";
        var start = $"{IdStart}{Zero}\",\"type\":\"ms.PublishEvent\",\"body\":{{\"dialogId\":\"{dialogId}\",\"event\":"
            + "{\"type\":\"ContentEvent\",\"contentType\":\"text/plain\",\"message\":\"";
        const string End = "\"}}}";
        var room = bytes - start.Length - End.Length;
        if (room < Digits) throw new ArgumentOutOfRangeException(nameof(bytes), bytes, $"A publish needs {bytes - room + Digits} bytes at least.");
        var payload = Encoding.ASCII.GetBytes(start + (Zero + Text).PadRight(room, '.')[..room] + End);
        _frame = MaskedFrame.Create(FrameHeader.Text, payload);
        (_payload, _id, _message) = (_frame.Length - payload.Length, IdStart.Length, start.Length);
    }

    /// <summary>Queues the publish with this number.</summary>
    public void Queue(LeanSocket socket, long number)
    {
        var payload = socket.Queue(_frame)[_payload..];
        MaskedFrame.WriteNumber(payload, _id, Digits, number);
        MaskedFrame.WriteNumber(payload, _message, Digits, number);
    }
}
