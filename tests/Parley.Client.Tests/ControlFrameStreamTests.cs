using System.Text;

namespace Parley.Client.Tests;

public sealed class ControlFrameStreamTests
{
    /// <summary>Unmasked frames as a server sends them: every length class, with control frames between and inside a fragmented message.</summary>
    private static readonly (int Opcode, bool Final, int Length)[] Frames =
        [(0x9, true, 0), (0x1, true, 5), (0xA, true, 125), (0x1, false, 126), (0x9, true, 3), (0x0, true, 65535), (0x2, true, 65536), (0x9, true, 1), (0x8, true, 2), (0xA, true, 4)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(4096)]
    [InlineData(1 << 20)]
    public async Task Pings_and_pongs_are_seen_however_the_bytes_arrive(int chunk)
    {
        byte[] bytes = [.. Frames.SelectMany(Encode)];
        List<string> seen = [];
        await using var stream = new ControlFrameStream(new MemoryStream(bytes)) { Received = (kind, data) => seen.Add($"{kind} {data.Length}") };
        byte[] passed = new byte[bytes.Length];
        for (int read = 0; read < bytes.Length;) read += await stream.ReadAsync(passed.AsMemory(read, Math.Min(chunk, bytes.Length - read)));
        Assert.Equal(bytes, passed);
        Assert.Equal(["Ping 0", "Pong 125", "Ping 3", "Ping 1", "Pong 4"], seen);
    }

    [Fact]
    public async Task A_ping_is_written_masked_and_whole()
    {
        var network = new MemoryStream();
        await using var stream = new ControlFrameStream(network);
        await stream.SendAsync(ControlFrame.Ping, "hello"u8.ToArray(), default);
        byte[] frame = network.ToArray();
        Assert.Equal([0x89, 0x80 | 5], frame[..2]);
        Assert.Equal("hello", Encoding.ASCII.GetString([.. frame[6..].Select((b, i) => (byte)(b ^ frame[2 + i % 4]))]));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => stream.SendAsync(ControlFrame.Ping, new byte[126], default));
    }

    private static IEnumerable<byte> Encode((int Opcode, bool Final, int Length) frame)
    {
        byte[] length = frame.Length switch
        {
            < 126 => [(byte)frame.Length],
            < 65536 => [126, (byte)(frame.Length >> 8), (byte)frame.Length],
            _ => [127, 0, 0, 0, 0, (byte)(frame.Length >> 24), (byte)(frame.Length >> 16), (byte)(frame.Length >> 8), (byte)frame.Length],
        };
        return [(byte)((frame.Final ? 0x80 : 0) | frame.Opcode), .. length, .. Enumerable.Repeat((byte)0x89, frame.Length)];
    }
}
