using System.Text.Json;

namespace Parley.Cluster.Status;

/// <summary>How nodes and their database are.</summary>
/// <param name="Database">The database.</param>
/// <param name="Nodes">The nodes, also those that were killed less than a day ago.</param>
/// <param name="ShardsWithoutOwner">Shards that no live node owns: what is asked of their conversations waits.</param>
/// <param name="Problems">What an operator should look at; empty when all is well.</param>
public sealed record ClusterStatus(DatabaseStatus Database, IReadOnlyList<NodeStatus> Nodes, int ShardsWithoutOwner, IReadOnlyList<string> Problems)
{
    public string ToJson() => JsonSerializer.Serialize(this, StatusJson.Default.ClusterStatus);

    /// <summary>Asks a database.</summary>
    /// <param name="connectionString">As Npgsql writes it, without a password.</param>
    /// <exception cref="FormatException">It is malformed or contains a password.</exception>
    /// <exception cref="IOException">The password's file cannot be read.</exception>
    /// <exception cref="System.Data.Common.DbException">The database does not answer, or refuses.</exception>
    public static async Task<ClusterStatus> ReadAsync(string connectionString)
    {
        await using var database = Hosting.DatabaseOption.Open(connectionString, settings => settings.Pooling = false);
        await using var connection = await database.OpenConnectionAsync();
        return await StatusReader.ReadAsync(connection);
    }
}
