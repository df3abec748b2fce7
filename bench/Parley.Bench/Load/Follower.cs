using System.Net.Sockets;

namespace Parley.Bench.Load;

/// <summary>A socket that follows one dialog from its first event on: what arrives is counted and its order checked, nothing else.</summary>
internal sealed class Follower(LeanSocket socket) : IDisposable
{
    private OrderCheck _sequences;

    public Socket Socket => socket.Socket;

    /// <summary>Messages so far.</summary>
    public long Count { get; private set; }

    /// <summary>Messages that were not the next by their sequence.</summary>
    public long OutOfOrder { get; private set; }

    /// <summary>Takes what arrived.</summary>
    public void Receive()
    {
        if (!socket.Receive()) return;
        while (true)
        {
            var isText = socket.TryReadText(out var text, out var isWhole);
            if (!isWhole) break;
            if (!isText || ReceivedFrame.Read(text) is not { Kind: ReceivedKind.Delivery } frame) continue;
            Count++;
            if (!_sequences.Accept(frame.Sequence)) OutOfOrder++;
        }

        socket.Flush();
    }

    public void Dispose() => socket.Dispose();
}
