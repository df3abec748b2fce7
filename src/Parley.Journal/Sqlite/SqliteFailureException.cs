namespace Parley.Journal.Sqlite;

/// <summary>SQLite answered with an error code.</summary>
internal sealed class SqliteFailureException(string path, string what, int code, string message)
    : IOException($"{Path.GetFileName(path)}: {what} failed: {message} ({code})")
{
    /// <summary>SQLite's extended result code.</summary>
    public int Code { get; } = code;
}
