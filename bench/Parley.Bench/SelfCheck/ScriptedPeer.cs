using System.Net;
using System.Net.Sockets;
using Parley.Bench.Load;

namespace Parley.Bench.SelfCheck;

/// <summary>A peer of one pair that answers each publish with what its script says, right or wrong.</summary>
internal sealed class ScriptedPeer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<long, IEnumerable<PeerFrame>> _script;
    private readonly bool _trickles;

    /// <param name="script">The frames that the publish with this number causes.</param>
    /// <param name="trickles">Whether each byte is sent alone.</param>
    public ScriptedPeer(Func<long, IEnumerable<PeerFrame>> script, bool trickles)
    {
        (_script, _trickles) = (script, trickles);
        _listener.Start();
        new Thread(Serve) { IsBackground = true, Name = "scripted peer" }.Start();
    }

    public Pair Connect(LoadMeter meter)
    {
        var address = (IPEndPoint)_listener.LocalEndpoint;
        return new Pair(LeanSocket.Connect(address), LeanSocket.Connect(address), new ParleyWire(new PublishTemplate(Guid.Empty.ToString(), PublishTemplate.UsualBytes)), meter);
    }

    public void Dispose() => _listener.Dispose();

    private void Serve()
    {
        try
        {
            using var sender = _listener.AcceptSocket();
            using var agent = _listener.AcceptSocket();
            (sender.NoDelay, agent.NoDelay) = (true, true);
            using var publishes = new NetworkStream(sender);
            var publish = new byte[PublishTemplate.HeaderBytes + PublishTemplate.UsualBytes];
            for (var number = 0L; ; number++)
            {
                publishes.ReadExactly(publish);
                foreach (var frame in _script(number)) Send(frame.ToAgent ? agent : sender, frame.ToBytes());
            }
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // The pair was closed: the check is over.
        }
    }

    private void Send(Socket socket, byte[] bytes)
    {
        foreach (var piece in bytes.Chunk(_trickles ? 1 : bytes.Length)) socket.Send(piece);
    }
}
