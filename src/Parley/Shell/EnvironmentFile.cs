namespace Parley.Shell;

/// <summary>The file <c>lp.env</c> that the server writes: lines <c>NAME=value</c>, as <c>docker --env-file</c> and a POSIX shell read them.</summary>
internal static class EnvironmentFile
{
    public const string Name = "lp.env";

    public static IReadOnlyDictionary<string, string> Parse(IEnumerable<string> lines)
    {
        Dictionary<string, string> variables = [];
        foreach (string line in lines)
        {
            int equals = line.IndexOf('=');
            if (equals > 0 && line[0] != '#') variables[line[..equals].Trim()] = line[(equals + 1)..].TrimEnd('\r');
        }
        return variables;
    }
}
