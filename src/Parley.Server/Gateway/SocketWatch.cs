using System.Diagnostics;
using Parley.Protocol.Codes;
using Parley.Server.Hosting;
using Parley.Server.Identity;
using Parley.Server.Ownership;

namespace Parley.Server.Gateway;

/// <summary>
/// What happens to sockets without a frame arriving: pings, idle ends, the grace for InitConnection, expired and revoked
/// identities, close frames nobody answers, and the server's own end.
/// </summary>
internal sealed class SocketWatch : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan InitGrace = TimeSpan.FromSeconds(10);
    /// <summary>How long a close may take that the peer does not help with.</summary>
    public static readonly TimeSpan CloseGrace = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan EvictEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestSpread = TimeSpan.FromSeconds(10);

    private readonly Connections _connections;
    private readonly LiveConversations _conversations;
    private readonly IdentityEvents _identities;
    private readonly INodes _nodes;
    private readonly LimitOptions _limits;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly ITimer _evictions;

    public SocketWatch(Connections connections, LiveConversations conversations, IdentityEvents identities, INodes nodes, LimitOptions limits, TimeProvider time)
    {
        (_connections, _conversations, _identities, _nodes, _limits, _time) = (connections, conversations, identities, nodes, limits, time);
        _identities.Revoked += Revoked;
        _timer = time.CreateTimer(_ => Look(), null, Tick, Tick);
        _evictions = time.CreateTimer(_ => _conversations.EvictIdle(), null, EvictEvery, EvictEvery);
    }

    /// <summary>
    /// Answers what is in flight, then closes every socket with 1001 and waits until the clients have gone. Where other nodes go on they come to those: not all at once.
    /// Whoever's turn has not come is served.
    /// </summary>
    public async Task CloseAllAsync(CancellationToken cancellationToken)
    {
        _connections.AreEnding = true;
        try
        {
            if (!_nodes.IsAlone) await SendAwayAsync(cancellationToken);
            await WaitAsync(connection =>
            {
                Part(connection);
                return connection.Closing is not null;
            }, cancellationToken);
            using var grace = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            grace.CancelAfter(CloseGrace);
            await WaitAsync(connection => connection.IsClosed, grace.Token);
        }
        catch (OperationCanceledException)
        {
            foreach (var connection in _connections.All) connection.Abort();
        }
    }

    public void Dispose()
    {
        _identities.Revoked -= Revoked;
        _timer.Dispose();
        _evictions.Dispose();
    }

    private static void Part(Connection connection) => connection.CloseWhenAnswered(CloseCode.GoingAway, CloseReasons.ShuttingDown);

    private async Task SendAwayAsync(CancellationToken cancellationToken)
    {
        Connection[] all = [.. _connections.All];
        var spread = TimeSpan.FromSeconds(Math.Min(LongestSpread.TotalSeconds, (double)all.Length / _limits.ClosuresPerSecond));
        var begun = Stopwatch.GetTimestamp();
        for (var told = 0; told < all.Length;)
        {
            await Task.Delay(10, cancellationToken);
            var due = all.Length * Math.Min(1, Stopwatch.GetElapsedTime(begun) / spread);
            for (; told < due; told++) Part(all[told]);
        }
    }

    // The end of the process is on the wall clock, whatever clock the server was given.
    private async Task WaitAsync(Func<Connection, bool> isDone, CancellationToken cancellationToken)
    {
        while (_connections.All.Count(connection => !isDone(connection)) > 0) await Task.Delay(5, cancellationToken);
    }

    private void Revoked(Revocation revocation)
    {
        foreach (var connection in _connections.All)
        {
            if (connection.Principal is { } principal && principal.IsHitBy(revocation)) connection.Close(CloseCode.IdentityRequired, CloseReasons.IdentityInvalid);
        }
    }

    private void Look()
    {
        var now = _time.GetTimestamp();
        var clock = _time.GetUtcNow();
        foreach (var connection in _connections.All)
        {
            if (connection.Closing is not null)
            {
                if (_time.GetElapsedTime(connection.ClosingAt, now) >= CloseGrace) connection.Abort();
            }
            else if (connection.Principal is not { } principal)
            {
                if (_time.GetElapsedTime(connection.OpenedAt, now) >= InitGrace) connection.Close(CloseCode.IdentityRequired, "InitConnection did not arrive");
            }
            else if (principal.ExpiresAt <= clock)
            {
                connection.Close(principal.IsAnonymous ? CloseCode.IdentityRenewal : CloseCode.IdentityRequired, CloseReasons.IdentityInvalid);
            }
            else if (_time.GetElapsedTime(connection.LastReceived, now).TotalSeconds >= _limits.IdleSeconds)
            {
                connection.Close(CloseCode.GoingAway, CloseReasons.TimedOut);
            }
            else if (_time.GetElapsedTime(connection.LastPing, now).TotalSeconds >= _limits.PingSeconds)
            {
                connection.LastPing = now;
                connection.Ping();
            }
        }
    }
}
