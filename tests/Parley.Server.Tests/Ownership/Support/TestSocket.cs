using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Text.Json;
using Parley.Server.Gateway;

namespace Parley.Server.Tests.Ownership.Support;

/// <summary>
/// A client's end of a socket in memory. It keeps every message in the order of arrival. Waiting ends with the event that
/// is waited for, or fails after half a minute.
/// </summary>
internal sealed class TestSocket(Connection connection, MemoryTransport transport)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly List<Received> _all = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _lastId;
    private int _pongs;

    public Connection Connection => connection;

    /// <summary>The code the server closed with; null while it has not.</summary>
    public int? CloseCode { get; private set; }

    public int Count
    {
        get { lock (_gate) return _all.Count; }
    }

    /// <summary>What arrived, from a position on.</summary>
    public IReadOnlyList<Received> From(int position)
    {
        lock (_gate) return _all.GetRange(position, _all.Count - position);
    }

    /// <summary>Sends a request without waiting for anything.</summary>
    /// <returns>Its id.</returns>
    public string Send(string type, object? body = null)
    {
        var id = Interlocked.Increment(ref _lastId).ToString();
        Write(0x1, JsonSerializer.SerializeToUtf8Bytes(new { kind = "req", id, type, body = body ?? new { } }));
        return id;
    }

    /// <summary>Sends a request and waits for its answer.</summary>
    public Task<Received> AskAsync(string type, object? body = null) => AnswerAsync(Send(type, body));

    public Task<Received> AnswerAsync(string requestId) => WaitForAsync(r => r.AnswerTo == requestId);

    /// <summary>The first message from a position on that is wanted.</summary>
    public async Task<Received> WaitForAsync(Predicate<Received> isWanted, int from = 0)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                for (; from < _all.Count; from++)
                {
                    if (isWanted(_all[from])) return _all[from];
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(Patience);
        }
    }

    public int PositionOf(Received received)
    {
        lock (_gate) return _all.IndexOf(received);
    }

    /// <summary>Returns when everything that the server had sent before has arrived: a pong waits for no answer's turn.</summary>
    public async Task SyncAsync()
    {
        var awaited = _pongs + 1;
        Write(0x9, []);
        await UntilAsync(() => _pongs >= awaited);
    }

    public Task ClosedAsync() => UntilAsync(() => CloseCode is not null);

    /// <summary>Goes away without a close frame.</summary>
    public void Drop() => transport.ClientOutput.Complete();

    /// <summary>Takes messages as they come.</summary>
    public async Task ReadAllAsync()
    {
        while (await ReadSomeAsync())
        {
        }
    }

    /// <summary>Takes what is there now, or waits for something.</summary>
    /// <returns>False when the server's end is gone.</returns>
    public async Task<bool> ReadSomeAsync()
    {
        ReadResult result;
        try
        {
            result = await transport.ClientInput.ReadAsync();
        }
        catch (InvalidOperationException)
        {
            return false;
        }

        var buffer = result.Buffer;
        lock (_gate)
        {
            while (TryTake(ref buffer))
            {
            }

            transport.ClientInput.AdvanceTo(buffer.Start, buffer.End);
            _changed.TrySetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return !result.IsCompleted;
    }

    private async Task UntilAsync(Func<bool> isSo)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (isSo()) return;
                changed = _changed.Task;
            }

            await changed.WaitAsync(Patience);
        }
    }

    private bool TryTake(ref ReadOnlySequence<byte> buffer)
    {
        var reader = new SequenceReader<byte>(buffer);
        if (!reader.TryRead(out var first) || !reader.TryRead(out var second)) return false;
        long length = second;
        if (second == 126)
        {
            if (!reader.TryReadBigEndian(out short s)) return false;
            length = (ushort)s;
        }
        else if (second == 127 && !reader.TryReadBigEndian(out length))
        {
            return false;
        }

        if (reader.Remaining < length) return false;
        var payload = buffer.Slice(reader.Position, length).ToArray();
        buffer = buffer.Slice(buffer.GetPosition(length, reader.Position));
        switch (first & 0xf)
        {
            case 0x1:
                _all.Add(new Received(JsonDocument.Parse(payload).RootElement));
                break;
            case 0x8:
                CloseCode = BinaryPrimitives.ReadUInt16BigEndian(payload);
                break;
            case 0xa:
                _pongs++;
                break;
        }

        return true;
    }

    // The mask is zero, so the payload travels as it is.
    private void Write(byte opcode, byte[] payload)
    {
        lock (transport)
        {
            var writer = transport.ClientOutput;
            var header = writer.GetSpan(16);
            header[0] = (byte)(0x80 | opcode);
            header[1] = (byte)(0x80 | (payload.Length < 126 ? payload.Length : 126));
            var length = 2;
            if (payload.Length >= 126)
            {
                BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)payload.Length);
                length = 4;
            }

            header.Slice(length, 4).Clear();
            writer.Advance(length + 4);
            writer.Write(payload);
            _ = writer.FlushAsync();
        }
    }
}
