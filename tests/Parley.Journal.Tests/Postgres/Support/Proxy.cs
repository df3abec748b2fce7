using System.Net.Sockets;
using Npgsql;

namespace Parley.Journal.Tests.Postgres.Support;

/// <summary>
/// Stands between a journal and the server, and loses what a test wants lost. It has threads of its own: tests that block the
/// pool's must not make a connection through it late, which is given 3 s.
/// </summary>
internal sealed class Proxy : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parley-proxy-").FullName;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly UnixDomainSocketEndPoint _server;
    private readonly List<Socket> _sockets = [];
    private readonly TaskCompletionSource<(Socket Server, byte[] Request)> _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Loss? _loss;
    private volatile bool _refuses, _swallows, _swallowsReplies;
    private volatile int _delay;

    public Proxy(TestDatabase database)
    {
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        Assert.SkipUnless(settings.Host!.StartsWith('/'), "The server is not reached by a socket in the file system.");
        _server = new UnixDomainSocketEndPoint($"{settings.Host}/.s.PGSQL.{settings.Port}");
        _listener.Bind(new UnixDomainSocketEndPoint($"{_folder}/.s.PGSQL.5432"));
        _listener.Listen();
        settings.Host = _folder;
        settings.Port = 5432;
        ConnectionString = settings.ConnectionString;
        Start(Accept);
    }

    public string ConnectionString { get; }

    /// <summary>From the next request that contains the text on: the loss happens, that connection breaks, and no new ones are taken, unless it is to happen once.</summary>
    public void Lose(Loss loss) => _loss = loss;

    /// <summary>From now on everything is swallowed, in both directions: connections stay open and nothing answers.</summary>
    public void Swallow() => _swallows = true;

    /// <summary>From now on requests arrive, and what the server answers is swallowed.</summary>
    public void SwallowReplies() => _swallowsReplies = true;

    /// <summary>From now on everything arrives so much later, in both directions.</summary>
    public void Delay(TimeSpan time) => _delay = (int)time.TotalMilliseconds;

    /// <summary>New connections are taken again, nothing is late any more, and those end that something was swallowed of.</summary>
    public void Mend()
    {
        _loss = null;
        _refuses = false;
        _delay = 0;
        if (!_swallows && !_swallowsReplies) return;
        (_swallows, _swallowsReplies) = (false, false);
        lock (_sockets) _sockets.ForEach(s => s.Dispose());
    }

    /// <summary>Lets a request that was held arrive; returns when the server has dealt with it.</summary>
    public async Task DeliverHeld()
    {
        var (server, request) = await _held.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await server.SendAsync(request);
        server.Shutdown(SocketShutdown.Send);
        while (await server.ReceiveAsync(new byte[8192]) > 0)
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        lock (_sockets) _sockets.ForEach(s => s.Dispose());
        Directory.Delete(_folder, recursive: true);
        await Task.CompletedTask;
    }

    private static void Start(Action work) => new Thread(() =>
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }) { IsBackground = true }.Start();

    private void Accept()
    {
        while (true)
        {
            var client = _listener.Accept();
            if (_refuses)
            {
                client.Dispose();
                continue;
            }

            var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            lock (_sockets) _sockets.AddRange([client, server]);
            if (_swallows) continue;
            try
            {
                server.Connect(_server);
            }
            catch (SocketException)
            {
                client.Dispose(); // the server is away
                continue;
            }

            var isLost = new TaskCompletionSource();
            Start(() => Requests(client, server, isLost));
            Start(() => Replies(client, server, isLost.Task));
        }
    }

    private void Requests(Socket client, Socket server, TaskCompletionSource isLost)
    {
        var buffer = new byte[1 << 20];
        try
        {
            while (client.Receive(buffer) is > 0 and var count)
            {
                if (_swallows) continue;
                var request = buffer[..count];
                if (_loss is { } loss && request.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(loss.Containing)) >= 0)
                {
                    _loss = null;
                    _refuses = !loss.IsOnce;
                    if (loss.Of == Lost.Reply)
                    {
                        isLost.SetResult();
                        server.Send(request);
                        return;
                    }

                    client.Dispose();
                    if (loss.Of == Lost.Held) _held.SetResult((server, request));
                    else server.Dispose();
                    return;
                }

                Thread.Sleep(_delay);
                server.Send(request);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }

        server.Dispose();
    }

    private void Replies(Socket client, Socket server, Task isLost)
    {
        var buffer = new byte[1 << 16];
        try
        {
            while (server.Receive(buffer) is > 0 and var count)
            {
                if (isLost.IsCompleted) break;
                if (_swallows || _swallowsReplies) continue;
                Thread.Sleep(_delay);
                client.Send(buffer, count, SocketFlags.None);
            }
        }
        finally
        {
            client.Dispose();
        }
    }
}
