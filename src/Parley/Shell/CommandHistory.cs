using System.Text.RegularExpressions;

namespace Parley.Shell;

/// <summary>The lines typed before, kept in a file that only its owner can read. Lines with a secret are never kept.</summary>
internal sealed partial class CommandHistory
{
    private const int Kept = 500;

    private readonly string? _file;
    private readonly List<string> _lines;

    /// <param name="file">Where the lines are kept; null keeps them for this run only.</param>
    public CommandHistory(string? file)
    {
        _file = file;
        _lines = file is not null && File.Exists(file) ? [.. File.ReadLines(file).TakeLast(Kept)] : [];
    }

    public int Count => _lines.Count;

    public string this[int index] => _lines[index];

    /// <summary>The variable by which <c>parley shell</c> says where the history of its data folder is.</summary>
    public const string FileVariable = "PARLEY_HISTORY";

    /// <summary>The file a user's history is in: what <see cref="FileVariable"/> names, else one in the XDG state folder; null when there is no such folder.</summary>
    public static string? DefaultFile(Func<string, string?> variable)
    {
        if (variable(FileVariable) is { Length: > 0 } file) return file;
        string? state = variable("XDG_STATE_HOME") is { Length: > 0 } xdg ? xdg
            : variable("HOME") is { Length: > 0 } home ? Path.Combine(home, ".local", "state") : null;
        return state is null ? null : Path.Combine(state, "parley", "connect_history");
    }

    public void Add(string line)
    {
        if (string.IsNullOrWhiteSpace(line) || Secret.IsMatch(line) || _lines.LastOrDefault() == line) return;
        _lines.Add(line);
        if (_file is null) return;
        try
        {
            OwnerOnly.CreateFolder(Path.GetDirectoryName(_file)!);
            bool trim = _lines.Count > 2 * Kept;
            if (trim) _lines.RemoveRange(0, _lines.Count - Kept);
            using StreamWriter writer = OwnerOnly.Open(_file, trim ? FileMode.Create : FileMode.Append);
            foreach (string kept in trim ? _lines : [line]) writer.WriteLine(kept);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A history that cannot be kept is no reason to interrupt the person.
        }
    }

    /// <summary>A JWT, or a member or header that holds a credential.</summary>
    [GeneratedRegex("""eyJ[\w-]{8,}\.|"?(password|secret|bearer|jwt|token|appKey|accessToken|accessTokenSecret|authorization|authCode|id_token)"?\s*[:=]|\b(jwt|bearer)\s+\S{8}""", RegexOptions.IgnoreCase)]
    private static partial Regex Secret { get; }
}
