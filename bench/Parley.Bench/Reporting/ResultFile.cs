using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Parley.Bench.Reporting;

/// <summary>The raw figures of one workload, kept for comparison.</summary>
internal static class ResultFile
{
    /// <summary>Writes <c>date-commit-what.json</c>.</summary>
    /// <returns>Its path.</returns>
    public static string Write<T>(string folder, string what, Provenance provenance, T result, JsonTypeInfo<T> type)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{provenance.At:yyyy-MM-dd'T'HHmm}-{provenance.Commit}-{what}.json");
        File.WriteAllText(path, JsonSerializer.Serialize(result, type) + "\n");
        return path;
    }
}
