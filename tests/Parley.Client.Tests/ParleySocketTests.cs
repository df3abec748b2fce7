namespace Parley.Client.Tests;

public sealed class ParleySocketTests
{
    /// <summary>The bug: a few connections in the middle of a long replay held every thread of the pool, and another did not open within 10 s.</summary>
    [Fact]
    public async Task A_peer_that_sends_without_pause_does_not_keep_the_reader_s_thread()
    {
        byte[] frames = [.. Enumerable.Repeat<byte[]>([0x81, 2, (byte)'{', (byte)'}'], 1000).SelectMany(frame => frame)];
        await using var socket = new ParleySocket(new MemoryStream(frames), null, 1024);
        int pauses = 0;
        for (int i = 0; i < 1000; i++)
        {
            ValueTask<ReadOnlyMemory<byte>?> received = socket.ReceiveAsync();
            if (!received.IsCompleted) pauses++;
            Assert.Equal("{}"u8.ToArray(), (await received)!.Value.ToArray());
        }
        Assert.InRange(pauses, 1000 / 100, 1000 / 10);
    }
}
