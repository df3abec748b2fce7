namespace Parley.Shell;

/// <summary>Lines of a file or pipe.</summary>
internal sealed class PipedLines(TextReader reader) : ILineSource
{
    public bool IsInteractive => false;

    /// <remarks>A read of standard input cannot be cancelled; it is left behind on its own thread when the session ends.</remarks>
    public Task<string?> ReadLineAsync(CancellationToken cancellation) => Task.Run(reader.ReadLine, CancellationToken.None).WaitAsync(cancellation);
}
