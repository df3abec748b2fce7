using System.Data;
using System.Text.Json;
using Npgsql;
using Parley.Journal.Postgres.Migrating;
using Parley.Journal.Postgres.Sharding;

namespace Parley.Cluster.Status;

/// <summary>Reads what the database knows, in one snapshot. Changes nothing, and needs none of the tables to be there.</summary>
internal static class StatusReader
{
    private static readonly TimeSpan OldReport = TimeSpan.FromSeconds(3 * NodeReporter.EverySeconds);

    private const string Server = """
        SELECT current_setting('server_version'), pg_database_size(current_database()),
            (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database())::int, current_setting('max_connections')::int
        """;
    private const string Nodes = """
        SELECT n.id, n.address, extract(epoch FROM n.lease_until - now())::float8, (SELECT count(*) FROM shard s WHERE s.owner = n.id)::int,
            extract(epoch FROM now() - r.at)::float8, r.report
        FROM node n LEFT JOIN node_report r ON r.node = n.id ORDER BY n.address
        """;
    private const string Owned = "SELECT count(*)::int FROM shard s JOIN node n ON n.id = s.owner WHERE n.lease_until > now()";

    public static async Task<ClusterStatus> ReadAsync(NpgsqlConnection connection)
    {
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        var schema = await Has("parley_schema")
            ? (await QueryAsync("SELECT part, version FROM parley_schema ORDER BY part", row => KeyValuePair.Create(row.GetString(0), row.GetInt32(1)))).ToDictionary()
            : [];
        var (blocks, bytes) = await Has("journal")
            ? (await QueryAsync("SELECT count(*), COALESCE(sum(octet_length(block)), 0)::bigint FROM journal", row => (row.GetInt64(0), row.GetInt64(1))))[0] : (0, 0);
        var database = (await QueryAsync(Server, row => new DatabaseStatus(
            connection.Database, row.GetString(0), row.GetInt64(1), row.GetInt32(2), row.GetInt32(3), blocks, bytes, schema)))[0];
        var hasNodes = await Has("node_report");
        var nodes = hasNodes ? await QueryAsync(Nodes, Node) : [];
        var owned = hasNodes ? (await QueryAsync(Owned, row => row.GetInt32(0)))[0] : 0;
        List<string> problems = [.. await Has(Migrations.UnfinishedImport) ? (string[])["an import was not finished: 'parley migrate --resume' goes on with it"] : [], .. Problems(nodes, Shards.Count - owned)];
        return new ClusterStatus(database, nodes, Shards.Count - owned, problems);

        async Task<bool> Has(string table) => (await QueryAsync($"SELECT to_regclass('{table}') IS NOT NULL", row => row.GetBoolean(0)))[0];

        async Task<List<T>> QueryAsync<T>(string sql, Func<NpgsqlDataReader, T> read)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await using var rows = await command.ExecuteReaderAsync();
            List<T> found = [];
            while (await rows.ReadAsync()) found.Add(read(rows));
            return found;
        }
    }

    private static NodeStatus Node(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetDouble(2), row.GetInt32(3),
        row.IsDBNull(4) ? null : row.GetDouble(4), row.IsDBNull(5) ? null : JsonSerializer.Deserialize(row.GetString(5), StatusJson.Default.NodeReport));

    private static IEnumerable<string> Problems(List<NodeStatus> nodes, int withoutOwner)
    {
        if (!nodes.Exists(node => node.IsLive)) yield return "no node lives";
        else if (withoutOwner > 0) yield return $"{withoutOwner} shards have no owner: what is asked of their conversations waits";
        foreach (var node in nodes.Where(node => node.IsLive))
        {
            if (node.Report?.Problem is { } problem) yield return $"{node.Address}: {problem}";
            if (node.ReportAgeSeconds is not { } age) yield return $"{node.Address} has said nothing of itself";
            else if (age > OldReport.TotalSeconds) yield return $"{node.Address} has said nothing of itself for {age:0} seconds";
        }
    }
}
