using System.Net.Sockets;
using Parley.Bench.Load;

namespace Parley.Bench.Subjects;

/// <summary>Somebody who is told of conversations that are not his: what he gets is read and counted, nothing else.</summary>
internal sealed class Bystander(LeanSocket socket) : IDisposable
{
    /// <summary>Whole frames so far.</summary>
    public long Frames { get; private set; }

    public Socket Socket => socket.Socket;

    /// <summary>Takes what arrived.</summary>
    public void Receive()
    {
        if (!socket.Receive()) return;
        while (socket.TryReadText(out _, out var isWhole) || isWhole) Frames++;
        socket.Flush();
    }

    public void Dispose() => socket.Dispose();
}
