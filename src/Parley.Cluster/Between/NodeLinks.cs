using System.Collections.Concurrent;
using Orleans.Runtime;
using Parley.Server.Gateway;

namespace Parley.Cluster.Between;

/// <summary>What this node tells the others and hears from them: a stream in each direction. A stream that broke is followed by a new one with the next thing that is said.</summary>
internal sealed class NodeLinks : IAsyncDisposable
{
    private readonly ConcurrentDictionary<SiloAddress, OutgoingStream> _outgoing = new();
    private readonly ConcurrentDictionary<SiloAddress, IncomingStream> _incoming = new();
    private readonly Func<SiloAddress, Batch, CancellationToken, Task<bool>> _deliver;
    private readonly INodeHearing _hearing;
    private readonly OutgoingStreamOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _opening = new();
    private volatile SiloAddress[] _open = [];
    private bool _isClosed;

    /// <param name="deliver">As of <see cref="OutgoingStream"/>, to a node.</param>
    /// <param name="hearing">Who listens.</param>
    /// <param name="options">When a node is given up.</param>
    /// <param name="time">The clock.</param>
    public NodeLinks(Func<SiloAddress, Batch, CancellationToken, Task<bool>> deliver, INodeHearing hearing, OutgoingStreamOptions options, TimeProvider time) =>
        (_deliver, _hearing, _options, _time) = (deliver, hearing, options, time);

    /// <summary>The nodes to which there is a stream.</summary>
    public IReadOnlyList<SiloAddress> Open => _open;

    /// <summary>Tells a node something; if it cannot be reached, <see cref="INodeHearing.Broke"/> says so.</summary>
    public void Send(SiloAddress node, ReadOnlySpan<byte> item)
    {
        while (!Volatile.Read(ref _isClosed))
        {
            if ((_outgoing.TryGetValue(node, out var stream) ? stream : Begin(node)).TrySend(item)) return;

            // It is about to be taken away by whoever broke it.
            Thread.Yield();
        }
    }

    /// <summary>Ends when everything that was said was delivered, or cannot be.</summary>
    public Task DrainedAsync() => Task.WhenAll(_outgoing.Values.Select(stream => stream.DrainedAsync()));

    /// <inheritdoc cref="IncomingStream.TryHear"/>
    public bool TryHear(SiloAddress sender, in Batch batch)
    {
        var incoming = _incoming.GetOrAdd(sender, static (from, hearing) => new(item => hearing.Hear(from, item), isAnother => hearing.Restarted(from, isAnother)), _hearing);
        using var writes = FlushBatch.Begin(); // what one batch makes sockets send leaves in one write each
        return incoming.TryHear(batch);
    }

    /// <summary>A node is dead: it says nothing any more, and nothing said to it arrives.</summary>
    public async Task ForgetAsync(SiloAddress node)
    {
        _incoming.TryRemove(node, out _);
        if (!_outgoing.TryRemove(node, out var stream)) return;
        NoteOpen();
        await stream.DisposeAsync();
        _hearing.Broke(node);
    }

    public async ValueTask DisposeAsync()
    {
        Volatile.Write(ref _isClosed, true);
        foreach (var stream in _outgoing.Values) await stream.DisposeAsync();
    }

    // One at a time: what was so before the greeting was made is in it, and what comes later is said behind it.
    private OutgoingStream Begin(SiloAddress node)
    {
        OutgoingStream stream;
        lock (_opening)
        {
            if (_outgoing.TryGetValue(node, out var open)) return open;
            stream = new OutgoingStream((batch, end) => _deliver(node, batch, end), _options, _time);
            stream.Broken += () =>
            {
                _outgoing.TryRemove(KeyValuePair.Create(node, stream));
                NoteOpen();
                _hearing.Broke(node);
            };
            if (_hearing.Greeting() is { } greeting) stream.TrySend(greeting);
            _outgoing[node] = stream;
            NoteOpen();
        }

        _hearing.Began(node);
        return stream;
    }

    private void NoteOpen()
    {
        lock (_opening) _open = [.. _outgoing.Keys];
    }
}
