using System.Buffers.Binary;
using System.Text;
using Parley.Bench.Load;

namespace Parley.Bench.SelfCheck;

/// <summary>A frame that <see cref="ScriptedPeer"/> sends.</summary>
internal sealed record PeerFrame(bool ToAgent, string Payload, int Opcode = FrameHeader.Text)
{
    public static PeerFrame Answer(long number, long sequence, int code = 200) => new(
        ToAgent: false,
        $$"""{"kind":"resp","reqId":"{{number:D8}}","code":{{code}},"type":"ms.PublishEventResponse","body":{"sequence":{{sequence}} } }""");

    public static PeerFrame ToSender(long number, long sequence) => new(
        ToAgent: false,
        $$"""{"kind":"notification","type":"ms.MessagingEventNotification","body":{"changes":[{"sequence":{{sequence}},"event":{"message":"{{number:D8}} ..."} }]} }""");

    public static PeerFrame ToHisAgent(long number, long sequence) => new(
        ToAgent: true,
        $$"""{"kind":"notification","type":".ams.ms.OnlineEventDistribution","body":{"sequence":{{sequence}},"event":{"message":"{{number:D8}} ..."} } }""");

    /// <summary>As it goes over the wire: not masked, the length always in its 16-bit form.</summary>
    public byte[] ToBytes()
    {
        var payload = Encoding.UTF8.GetBytes(Payload);
        var frame = new byte[4 + payload.Length];
        (frame[0], frame[1]) = ((byte)(0x80 | Opcode), 126);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), checked((ushort)payload.Length));
        payload.CopyTo(frame, 4);
        return frame;
    }
}
