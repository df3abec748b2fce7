using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Parley.Bench.Load;

namespace Parley.Bench.Workloads.Latency;

/// <summary>What asking anybody over a socket costs at least: bytes sent back by a thread that does nothing else, on the sockets that the load uses.</summary>
internal sealed class EchoFloor : IDisposable
{
    private readonly byte[] _request;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Epoll _epoll = new();
    private readonly LeanSocket _socket;

    /// <param name="bytes">Of a request, and of its echo.</param>
    public EchoFloor(int bytes)
    {
        _request = new byte[bytes];
        _listener.Start();
        new Thread(Echo) { IsBackground = true, Name = "echo" }.Start();
        _socket = LeanSocket.Connect((IPEndPoint)_listener.LocalEndpoint);
        _epoll.Watch(_socket.Socket, 0);
    }

    public Histogram RoundTrips { get; } = new();

    /// <summary>Asks, waits for the echo and asks again for so long.</summary>
    public void Run(TimeSpan duration)
    {
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < duration;)
        {
            var start = Stopwatch.GetTimestamp();
            _socket.Queue(_request);
            _socket.Flush();
            while (!_socket.TrySkip(_request.Length))
            {
                if (_epoll.Wait(timeoutMilliseconds: 1000) > 0) _socket.Receive();
            }

            RoundTrips.Record((long)Stopwatch.GetElapsedTime(start).TotalNanoseconds);
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _epoll.Dispose();
        _listener.Dispose();
    }

    private void Echo()
    {
        using var peer = _listener.AcceptSocket();
        peer.NoDelay = true;
        var buffer = new byte[_request.Length];
        for (int count; (count = peer.Receive(buffer)) > 0;) peer.Send(buffer.AsSpan(0, count));
    }
}
