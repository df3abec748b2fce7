using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Parley.Bench.Load;

/// <summary>Tells which sockets have something to read; level-triggered.</summary>
internal sealed unsafe class Epoll : IDisposable
{
    private const int Add = 1;
    private const uint Readable = 1;
    private const int Capacity = 1024;

    // The kernel packs the event on x86-64 only.
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int Stride = DataOffset + sizeof(long);

    private readonly int _descriptor = Checked(Libc.EpollCreate(0));
    private readonly byte* _events = (byte*)NativeMemory.AllocZeroed((nuint)(Capacity * Stride));

    /// <summary>Watches a socket.</summary>
    /// <param name="socket">The socket; closing it ends the watch.</param>
    /// <param name="token">What <see cref="Token"/> gives when it is readable.</param>
    public void Watch(Socket socket, long token)
    {
        var change = stackalloc byte[Stride];
        *(uint*)change = Readable;
        *(long*)(change + DataOffset) = token;
        Checked(Libc.EpollControl(_descriptor, Add, (int)socket.Handle, change));
    }

    /// <summary>Waits until a socket is readable; returns how many are, 0 after the timeout.</summary>
    public int Wait(int timeoutMilliseconds)
    {
        var ready = Libc.EpollWait(_descriptor, _events, Capacity, timeoutMilliseconds);
        return ready < 0 && Marshal.GetLastPInvokeError() == Libc.Interrupted ? 0 : Checked(ready);
    }

    /// <summary>The token of one of the sockets that the last <see cref="Wait"/> found.</summary>
    public long Token(int index) => *(long*)(_events + index * Stride + DataOffset);

    public void Dispose()
    {
        _ = Libc.Close(_descriptor);
        NativeMemory.Free(_events);
    }

    private static int Checked(int result) => result >= 0 ? result : throw new Win32Exception(Marshal.GetLastPInvokeError());
}
