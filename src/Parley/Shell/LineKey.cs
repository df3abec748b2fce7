namespace Parley.Shell;

/// <summary>What a key pressed in a <see cref="LineBuffer"/> means for the session.</summary>
internal enum LineKey
{
    /// <summary>The line changed, or nothing did.</summary>
    Edit,

    /// <summary>The line is complete.</summary>
    Enter,

    /// <summary>There will be no more lines.</summary>
    End,
}
