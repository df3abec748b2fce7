using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Parley.Bench.Load;

/// <summary>
/// A WebSocket client that costs next to nothing: one buffer each way, whole frames only, no copies, no tasks. Unmasking and
/// UTF-8 are not checked, since the peer is one we measure and not one we guard against.
/// </summary>
internal sealed unsafe class LeanSocket : IDisposable
{
    /// <summary>Of each direction, unless somebody asks for more.</summary>
    public const int UsualBufferBytes = 64 * 1024;

    private const int LongestWait = 10_000_000;
    private const string Nonce = "cGFybGV5LWJlbmNoLTAwMQ==";

    private readonly Socket _socket;
    private readonly int _descriptor;
    private readonly byte[] _in;
    private readonly byte[] _out;
    private readonly byte* _inStart;
    private readonly byte* _outStart;
    private int _read;
    private int _received;
    private int _queued;

    private LeanSocket(Socket socket, int receiveBytes, int sendBytes)
    {
        _socket = socket;
        _in = GC.AllocateUninitializedArray<byte>(receiveBytes, pinned: true);
        _out = GC.AllocateUninitializedArray<byte>(sendBytes, pinned: true);
        _descriptor = (int)socket.Handle;
        _inStart = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_in, 0);
        _outStart = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_out, 0);
    }

    /// <summary>For <see cref="Epoll"/>.</summary>
    public Socket Socket => _socket;

    /// <summary>Received and not yet taken; valid until the next <see cref="Receive"/>.</summary>
    public ReadOnlySpan<byte> Unread => new(_inStart + _read, _received - _read);

    /// <summary>A connection without any framing yet.</summary>
    /// <param name="peer">Where to.</param>
    /// <param name="receiveBytes">What the largest thing received fits into.</param>
    /// <param name="sendBytes">What all that is queued at once fits into.</param>
    public static LeanSocket Connect(IPEndPoint peer, int receiveBytes = UsualBufferBytes, int sendBytes = UsualBufferBytes)
    {
        var socket = new Socket(peer.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(peer);
        socket.Blocking = false;
        return new LeanSocket(socket, receiveBytes, sendBytes);
    }

    /// <summary>A WebSocket, upgraded.</summary>
    /// <param name="peer">An HTTP listener.</param>
    /// <param name="path">Path and query; never with a secret.</param>
    /// <param name="authorization">The header's value.</param>
    /// <param name="receiveBytes">What the largest frame received fits into.</param>
    /// <param name="sendBytes">What all that is queued at once fits into.</param>
    /// <exception cref="IOException">The upgrade was refused.</exception>
    public static LeanSocket Connect(IPEndPoint peer, string path, string authorization, int receiveBytes = UsualBufferBytes, int sendBytes = UsualBufferBytes) =>
        Upgrade(peer, path, $"Authorization: {authorization}", receiveBytes, sendBytes);

    /// <summary>A WebSocket, upgraded.</summary>
    /// <param name="peer">An HTTP listener.</param>
    /// <param name="path">Path and query; never with a secret.</param>
    /// <param name="header">One more line of the request.</param>
    /// <param name="receiveBytes">What the largest frame received fits into.</param>
    /// <param name="sendBytes">What all that is queued at once fits into.</param>
    /// <exception cref="IOException">The upgrade was refused.</exception>
    public static LeanSocket Upgrade(IPEndPoint peer, string path, string header, int receiveBytes = UsualBufferBytes, int sendBytes = UsualBufferBytes)
    {
        var lean = Connect(peer, receiveBytes, sendBytes);
        lean.Queue(Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: {peer}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {Nonce}\r\n{header}\r\n\r\n"));
        lean.Flush();
        int end;
        while ((end = lean.Unread.IndexOf("\r\n\r\n"u8)) < 0) lean.WaitAndReceive();
        var status = Encoding.ASCII.GetString(lean.Unread[..lean.Unread.IndexOf("\r\n"u8)]);
        lean._read += end + 4;
        return status.Contains(" 101 ", StringComparison.Ordinal) ? lean : throw new IOException($"The upgrade was refused: {status}");
    }

    /// <summary>Queues a frame that is already masked.</summary>
    /// <returns>Where it lies until <see cref="Flush"/>, for patching.</returns>
    public Span<byte> Queue(ReadOnlySpan<byte> frame)
    {
        var room = Reserve(frame.Length);
        frame.CopyTo(room);
        return room;
    }

    /// <summary>Sends what is queued.</summary>
    /// <exception cref="IOException">The socket is gone or takes no more: a window must fit its send buffer.</exception>
    public void Flush()
    {
        for (var sent = 0; sent < _queued;)
        {
            var count = Libc.Send(_descriptor, _outStart + sent, _queued - sent, Libc.NoSignal);
            if (count < 0) throw Failure("The peer takes no more bytes");
            sent += (int)count;
        }

        _queued = 0;
    }

    /// <summary>Takes the bytes that have arrived.</summary>
    /// <returns>False when there were none.</returns>
    /// <exception cref="IOException">The peer closed the connection.</exception>
    public bool Receive()
    {
        if (_read > 0)
        {
            Unread.CopyTo(_in);
            (_received, _read) = (_received - _read, 0);
        }

        if (_received == _in.Length) throw new IOException("A frame is larger than the receive buffer.");
        var count = Libc.Receive(_descriptor, _inStart + _received, _in.Length - _received, 0);
        if (count < 0 && Marshal.GetLastPInvokeError() == Libc.WouldBlock) return false;
        if (count <= 0) throw Failure("The peer closed the connection");
        _received += (int)count;
        return true;
    }

    /// <summary>Waits for bytes: for everything that is not measured.</summary>
    /// <exception cref="TimeoutException">None came.</exception>
    public void WaitAndReceive()
    {
        if (!_socket.Poll(LongestWait, SelectMode.SelectRead)) throw new TimeoutException("The peer sent nothing for 10 s.");
        Receive();
    }

    /// <summary>Takes the next whole frame from what was received.</summary>
    /// <param name="opcode">Of RFC 6455; fragments are not expected.</param>
    /// <param name="payload">Valid until the next <see cref="Receive"/>.</param>
    public bool TryRead(out int opcode, out ReadOnlySpan<byte> payload)
    {
        var isWhole = FrameHeader.TryRead(Unread, out var frame);
        opcode = frame.Opcode;
        payload = isWhole ? Unread.Slice(frame.HeaderBytes, frame.PayloadBytes) : default;
        if (isWhole) _read += frame.HeaderBytes + frame.PayloadBytes;
        return isWhole;
    }

    /// <summary>Takes the next whole frame, and queues a pong if it is a ping.</summary>
    /// <param name="text">Its payload; valid until the next <see cref="Receive"/>.</param>
    /// <param name="isWhole">Whether there was one.</param>
    /// <returns>Whether it is text, or a part of it.</returns>
    public bool TryReadText(out ReadOnlySpan<byte> text, out bool isWhole)
    {
        while ((isWhole = TryRead(out var opcode, out text)) && opcode != FrameHeader.Text)
        {
            if (opcode == FrameHeader.Continuation) return true;
            if (opcode != FrameHeader.Ping) return false;
            Queue(MaskedFrame.Create(FrameHeader.Pong, text));
        }

        return isWhole;
    }

    /// <summary>Takes bytes without framing.</summary>
    public bool TrySkip(int count)
    {
        if (_received - _read < count) return false;
        _read += count;
        return true;
    }

    public void Dispose() => _socket.Dispose();

    private Span<byte> Reserve(int count)
    {
        if (_queued + count > _out.Length) throw new InvalidOperationException("More is queued than the send buffer holds.");
        var room = new Span<byte>(_outStart + _queued, count);
        _queued += count;
        return room;
    }

    private static IOException Failure(string what) => new(what, new Win32Exception(Marshal.GetLastPInvokeError()));
}
