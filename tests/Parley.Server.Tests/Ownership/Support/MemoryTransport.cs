using System.IO.Pipelines;

namespace Parley.Server.Tests.Ownership.Support;

/// <summary>Both directions of a socket in memory; a writer is held up when the reader is 64 kB behind.</summary>
internal sealed class MemoryTransport : IDuplexPipe
{
    private static readonly PipeOptions Options = new(pauseWriterThreshold: 64 * 1024, resumeWriterThreshold: 32 * 1024, useSynchronizationContext: false);

    private readonly Pipe _toServer = new(Options);
    private readonly Pipe _toClient = new(Options);

    public PipeReader Input => _toServer.Reader;
    public PipeWriter Output => _toClient.Writer;

    public PipeWriter ClientOutput => _toServer.Writer;
    public PipeReader ClientInput => _toClient.Reader;
}
