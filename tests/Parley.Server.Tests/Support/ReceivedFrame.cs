using System.Buffers.Binary;
using System.Text;

namespace Parley.Server.Tests.Support;

/// <summary>A frame the server sent.</summary>
internal sealed record ReceivedFrame(int Opcode, byte[] Payload)
{
    public string Text => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Payload);

    /// <summary>The code of a close frame.</summary>
    public int CloseCode => BinaryPrimitives.ReadUInt16BigEndian(Payload);

    /// <summary>The reason of a close frame.</summary>
    public string CloseReason => Encoding.UTF8.GetString(Payload.AsSpan(2));
}
