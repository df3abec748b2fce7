using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Parley.Server.Gateway.Upgrades;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Gateway.Upgrades;

/// <summary>A connection in memory, and an HTTP server behind it that only writes down what it reads. What was sent has been looked at when sending returns.</summary>
internal sealed class MemoryConnection : IDuplexPipe
{
    private static readonly PipeOptions Examined = new(
        readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 1, resumeWriterThreshold: 1, minimumSegmentSize: 64, useSynchronizationContext: false);

    private readonly Pipe _toServer = new(Examined);
    private readonly Pipe _toClient = new(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));
    private readonly List<byte> _http = [];
    private readonly Task _served;

    public MemoryConnection(FirstRequests requests) => _served = requests.ServeAsync(new DefaultConnectionContext("1", this, this), ReadHttpAsync);

    public PipeReader Input => _toServer.Reader;
    public PipeWriter Output => _toClient.Writer;

    /// <summary>Whether the HTTP server was given the connection.</summary>
    public bool IsHttp { get; private set; }

    /// <summary>What the HTTP server has read.</summary>
    public byte[] Http => [.. _http];

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _toServer.Writer.WriteAsync(bytes);

    /// <summary>Ends the client's side, and waits until the server has ended its own.</summary>
    /// <returns>All that the server sent.</returns>
    public async Task<byte[]> EndAsync()
    {
        await _toServer.Writer.CompleteAsync();
        await _served.WaitAsync(RawSocket.Patience);
        await Output.CompleteAsync();
        var answer = await _toClient.Reader.ReadAtLeastAsync(int.MaxValue);
        return answer.Buffer.ToArray();
    }

    private async Task ReadHttpAsync(ConnectionContext connection)
    {
        IsHttp = true;
        while (true)
        {
            var result = await connection.Transport.Input.ReadAsync();
            foreach (var part in result.Buffer) _http.AddRange(part.Span);
            connection.Transport.Input.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted) return;
        }
    }
}
