using System.Text;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Gateway.Rfc6455;

/// <summary>What a client sends and what it must get.</summary>
/// <param name="Id">Group and number, after the Autobahn test suite's description.</param>
/// <param name="Writes">Each one write to the transport.</param>
/// <param name="Answers">Frames that come back before the close frame.</param>
internal sealed record FrameCase(string Id, IReadOnlyList<byte[]> Writes, params ReceivedFrame[] Answers)
{
    /// <summary>The code of the server's close frame; null when the socket is still in order, and the client then closes it with 1000.</summary>
    public int? Code { get; init; }

    /// <summary>Whether what is written ends with the client's close frame, so that the server ends the connection first (RFC 6455, 7.1.1).</summary>
    public bool IsClosedByClient { get; init; }

    /// <summary>Frames that one write holds together.</summary>
    public static byte[][] Together(params byte[][] frames) => [[.. frames.SelectMany(f => f)]];

    /// <summary>The same bytes in many small writes.</summary>
    public static byte[][] Chopped(byte[] bytes, int size = 1) => [.. bytes.Chunk(size)];

    /// <summary>A message in frames of at most so many bytes.</summary>
    public static byte[][] Fragmented(int opcode, byte[] payload, int size = 1) =>
    [
        .. payload.Chunk(size).Select((part, i) => ClientFrame.Build(i == 0 ? opcode : ClientFrame.Continuation, part, isFinal: (i + 1) * size >= payload.Length)),
    ];

    public static ReceivedFrame Echo(string text) => Echo(Encoding.UTF8.GetBytes(text));

    public static ReceivedFrame Echo(byte[] text) => new(ClientFrame.TextOpcode, text);

    public static ReceivedFrame Pong(params byte[] payload) => new(ClientFrame.PongOpcode, payload);
}
