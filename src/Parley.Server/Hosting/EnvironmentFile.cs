namespace Parley.Server.Hosting;

/// <summary>
/// <c>lp.env</c>: lines <c>NAME=value</c> that both <c>docker --env-file</c> and a POSIX shell read, because no value needs quoting.
/// </summary>
public static class EnvironmentFile
{
    /// <summary>The variables of an earlier file, which people may have edited; none when there is no file.</summary>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        var variables = new Dictionary<string, string>();
        foreach (var line in File.Exists(path) ? File.ReadLines(path) : [])
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && line[0] != '#') variables[line[..equals].Trim()] = line[(equals + 1)..];
        }

        return variables;
    }

    /// <summary>Whether both readers take the value as it stands.</summary>
    public static bool CanHold(string value) => value.All(c => char.IsAsciiLetterOrDigit(c) || "_-./:,@%+=[]".Contains(c, StringComparison.Ordinal));

    /// <exception cref="ArgumentException">A value would need quoting.</exception>
    internal static void Write(string path, IEnumerable<KeyValuePair<string, string>> variables) => DataFolder.Replace(
        path,
        string.Concat(variables.Select(variable => CanHold(variable.Value)
            ? $"{variable.Key}={variable.Value}\n"
            : throw new ArgumentException($"The value of {variable.Key} would need quoting."))),
        secret: true);
}
