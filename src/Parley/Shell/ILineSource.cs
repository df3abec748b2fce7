namespace Parley.Shell;

/// <summary>Where the lines to send come from.</summary>
internal interface ILineSource
{
    /// <summary>Whether somebody types them.</summary>
    bool IsInteractive { get; }

    /// <summary>The next line, or null at the end.</summary>
    Task<string?> ReadLineAsync(CancellationToken cancellation);
}
