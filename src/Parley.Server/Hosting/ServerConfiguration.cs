using System.Collections;
using Microsoft.Extensions.Configuration;

namespace Parley.Server.Hosting;

/// <summary>Collects <see cref="ServerOptions"/> from where they may be given.</summary>
public static class ServerConfiguration
{
    private const string Prefix = "PARLEY_";
    private const string FileName = "appsettings.json";

    /// <param name="commandLine">Keys like <c>Http</c> or <c>Limits:RateLimits</c>.</param>
    /// <param name="environment">Environment variables, as <see cref="Environment.GetEnvironmentVariables()"/> gives them.</param>
    /// <exception cref="InvalidOperationException">A value has the wrong type.</exception>
    public static ServerOptions Load(IEnumerable<KeyValuePair<string, string?>> commandLine, IDictionary environment)
    {
        var given = commandLine.ToArray();
        var variables = environment.Cast<DictionaryEntry>()
            .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value))
            .Where(variable => variable.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            .Select(variable => KeyValuePair.Create(KeyOf(variable.Key), variable.Value))
            .ToArray();
        var data = Build(null).Data;
        return Build(Path.GetFullPath(Path.Combine(data, FileName)));

        ServerOptions Build(string? dataFile)
        {
            var builder = new ConfigurationBuilder().AddJsonFile(Path.GetFullPath(FileName), optional: true, reloadOnChange: false);
            if (dataFile is not null)
            {
                builder.AddJsonFile(dataFile, optional: true, reloadOnChange: false);
            }

            return builder.AddInMemoryCollection(variables).AddInMemoryCollection(given).Build().Get<ServerOptions>() ?? new ServerOptions();
        }
    }

    // PARLEY_PUBLIC_HOST and PARLEY_PUBLICHOST mean the same; a double underscore separates a section.
    private static string KeyOf(string variable) => variable[Prefix.Length..].Replace("__", ":").Replace("_", "");
}
