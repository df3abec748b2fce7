using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Gateway;

public sealed class SocketWatchTests
{
    private readonly InterruptedClock _time = new();

    /// <summary>
    /// The bug: the watch aborted sockets that had ended during its look through a request that was no longer theirs. It
    /// threw, on a timer, and the process ended: 10,000 clients that went away at once were enough.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sockets_may_end_while_the_watch_looks_at_them(bool isLaterRequest)
    {
        await using var server = await MessagingServer.StartAsync(time: _time);
        using var ended = new EndedConnections(server.Bound.Http.Port);
        RawSocket[] sockets = [await OpenAsync(server, isLaterRequest), await OpenAsync(server, isLaterRequest)];

        _time.AdvanceAndInterrupt(TimeSpan.FromSeconds(1), () =>
        {
            foreach (var socket in sockets) socket.Abort();
            ended.Wait(sockets.Length);
        });

        Assert.True(_time.WasInterrupted);
        await using var next = await OpenAsync(server, isLaterRequest);
        _time.Advance(TimeSpan.FromSeconds(1));
        await next.SyncAsync();
    }

    private static async Task<RawSocket> OpenAsync(MessagingServer server, bool isLaterRequest)
    {
        var socket = await RawSocket.ConnectAsync(server.Bound.Http.Port);
        if (isLaterRequest)
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {MessagingServer.BrandPath("demo")} HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            Assert.Equal(401, (await socket.ReadUpgradeAnswerAsync()).Status);
        }

        Assert.Equal(101, (await socket.UpgradeAsync(MessagingServer.ConsumerPath("demo"))).Status);
        await socket.SyncAsync();
        return socket;
    }

    /// <summary>A clock that lets something happen in the middle of what a timer does: when that compares times for the first time.</summary>
    private sealed class InterruptedClock() : FakeTimeProvider(DateTimeOffset.UtcNow)
    {
        private (int Thread, Action What)? _interruption;

        public bool WasInterrupted { get; private set; }

        public override long TimestampFrequency
        {
            get
            {
                if (_interruption is not { } interruption || interruption.Thread != Environment.CurrentManagedThreadId) return base.TimestampFrequency;
                _interruption = null;
                WasInterrupted = true;
                interruption.What();
                return base.TimestampFrequency;
            }
        }

        public void AdvanceAndInterrupt(TimeSpan delta, Action what)
        {
            _interruption = (Environment.CurrentManagedThreadId, what);
            Advance(delta);
        }
    }

    /// <summary>Counts the connections of a listener that the HTTP server is done with.</summary>
    private sealed class EndedConnections : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly SemaphoreSlim _ended = new(0);

        public EndedConnections(int port)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument is { Meter.Name: "Microsoft.AspNetCore.Server.Kestrel", Name: "kestrel.connection.duration" }) listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
            {
                foreach (var (key, value) in tags)
                {
                    if (key == "server.port" && Equals(value, port)) _ended.Release();
                }
            });
            _listener.Start();
        }

        public void Wait(int count)
        {
            for (; count > 0; count--) Assert.True(_ended.Wait(RawSocket.Patience));
        }

        public void Dispose() => _listener.Dispose();
    }
}
