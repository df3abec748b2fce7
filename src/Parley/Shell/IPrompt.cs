namespace Parley.Shell;

/// <summary>A line that is being typed while other text appears above it.</summary>
internal interface IPrompt
{
    /// <summary>Runs <paramref name="write"/> with the line out of the way.</summary>
    void WriteAbove(Action<TextWriter> write);
}
