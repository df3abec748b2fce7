using System.Buffers;
using System.Text;
using Parley.Protocol.Codes;
using Parley.Server.Gateway.Frames;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Gateway.Frames;

public sealed class FrameReaderTests
{
    [Fact]
    public void However_messages_are_fragmented_and_chopped_they_come_out_whole_and_in_order()
    {
        var random = Seed.New();
        for (var round = 0; round < 300 * Seed.Scale; round++)
        {
            var expected = new List<(Opcode, string)>();
            var bytes = new List<byte>();
            for (var message = random.Next(1, 6); message > 0; message--) AddMessage(random, expected, bytes);
            Assert.Equal(expected, ReadAll(random, [.. bytes]));
        }
    }

    [Fact]
    public void A_ping_inside_a_message_is_not_counted_with_it()
    {
        var reader = new FrameReader(maxMessage: 200);
        byte[] bytes = [.. ClientFrame.Build(ClientFrame.TextOpcode, new byte[200], isFinal: false), .. ClientFrame.Ping(new byte[125])];
        var buffer = new ReadOnlySequence<byte>(bytes);

        Assert.True(reader.TryRead(ref buffer, out var opcode, out var payload));

        Assert.Equal((Opcode.Ping, 125), (opcode, payload.Length));
    }

    [Theory]
    [InlineData(0x7fff_ffff_ffff_ffff, CloseCode.TooLarge)]
    [InlineData(0x8000_0000_0000_0000, CloseCode.ProtocolError)]
    [InlineData(0xffff_ffff_ffff_ffff, CloseCode.ProtocolError)]
    public void A_length_that_would_overflow_is_refused_inside_a_message_too(ulong length, CloseCode code)
    {
        var reader = new FrameReader(maxMessage: 200);
        byte[] bytes = [.. ClientFrame.Text("ten bytes.", isFinal: false), .. ClientFrame.Header(ClientFrame.Continuation, length)];
        var buffer = new ReadOnlySequence<byte>(bytes);

        Assert.False(reader.TryRead(ref buffer, out _, out _));

        Assert.Equal(code, reader.Error?.Code);
    }

    private static void AddMessage(Random random, List<(Opcode, string)> expected, List<byte> bytes)
    {
        var text = new string([.. Enumerable.Range(0, random.Next(0, 300)).Select(_ => "aZ{\"é€日"[random.Next(7)])]);
        var payload = Encoding.UTF8.GetBytes(text);
        var opcode = ClientFrame.TextOpcode;
        var sent = 0;
        while (random.Next(3) == 0 && sent < payload.Length)
        {
            var part = random.Next(0, payload.Length - sent);
            bytes.AddRange(ClientFrame.Build(opcode, payload.AsSpan(sent, part), isFinal: false));
            (opcode, sent) = (ClientFrame.Continuation, sent + part);
            if (random.Next(2) == 0) continue;
            var ping = new string('p', random.Next(0, 126));
            bytes.AddRange(ClientFrame.Ping(Encoding.ASCII.GetBytes(ping)));
            expected.Add((Opcode.Ping, ping));
        }

        bytes.AddRange(ClientFrame.Build(opcode, payload.AsSpan(sent)));
        expected.Add((Opcode.Text, text));
    }

    private static List<(Opcode, string)> ReadAll(Random random, byte[] bytes)
    {
        var reader = new FrameReader(maxMessage: 1 << 20);
        var read = new List<(Opcode, string)>();
        var consumed = 0;
        for (var available = 0; available < bytes.Length;)
        {
            available = Math.Min(bytes.Length, available + random.Next(1, 200));
            var buffer = Segmented(random, bytes.AsMemory(consumed, available - consumed));
            while (reader.TryRead(ref buffer, out var opcode, out var payload)) read.Add((opcode, Encoding.UTF8.GetString(payload)));
            Assert.Null(reader.Error);
            consumed = available - (int)buffer.Length;
        }

        return read;
    }

    private static ReadOnlySequence<byte> Segmented(Random random, Memory<byte> bytes)
    {
        var first = new Segment(bytes[..random.Next(0, bytes.Length)], 0);
        var last = first.Followed(bytes[first.Memory.Length..]);
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long start) => (Memory, RunningIndex) = (memory, start);

        public Segment Followed(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
