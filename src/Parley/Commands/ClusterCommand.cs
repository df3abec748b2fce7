using System.CommandLine;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Parley.Cluster.Status;
using Parley.Operators;
using Parley.Server.Hosting;

namespace Parley.Commands;

/// <summary><c>parley cluster status</c>.</summary>
internal static class ClusterCommand
{
    private const int Unwell = 2;

    public static Command Create() => new("cluster", "Several nodes over one database.") { Status() };

    private static Command Status()
    {
        var database = new Option<string?>("--cluster") { Description = "The database that the nodes share; also as PARLEY_CLUSTER. No password in it, as with serve.", HelpName = "\"Host=...;Database=...\"" };
        var json = OperatorCommands.Json();
        var command = new Command("status", "Tell how the nodes and their database are, from any machine that reaches it. Ends with 0 when all is well, 2 when something is not, 1 when the database does not answer.") { database, json };
        command.SetAction(async parsed =>
        {
            try
            {
                KeyValuePair<string, string?>[] given = parsed.GetValue(database) is { } named ? [new("Cluster", named)] : [];
                var options = ServerConfiguration.Load(given, Environment.GetEnvironmentVariables());
                return await TellAsync(options.Cluster ?? throw new FormatException("Say which database: --cluster \"Host=...;Database=...\"."), parsed.GetValue(json));
            }
            catch (Exception e) when (e is IOException or FormatException or InvalidOperationException or UnauthorizedAccessException or DbException)
            {
                Console.Error.WriteLine($"parley: {e.Message}");
                return 1;
            }
        });
        return command;
    }

    // In a method of its own: other commands load nothing of what this needs.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> TellAsync(string database, bool json)
    {
        var status = await ClusterStatus.ReadAsync(database);
        if (json) Console.Out.WriteLine(status.ToJson());
        else Print(status);
        return status.Problems.Count == 0 ? 0 : Unwell;
    }

    private static void Print(ClusterStatus status)
    {
        var (db, now) = (status.Database, DateTimeOffset.UtcNow);
        Console.Out.WriteLine($"Database {db.Name}, PostgreSQL {db.Version}: {Megabytes(db.Bytes)}, {db.Connections} of {db.MostConnections} connections");
        Console.Out.WriteLine($"Schema {string.Join(", ", db.Schema.Select(part => $"{part.Key} {part.Value}"))}");
        Console.Out.WriteLine($"Not settled: {Megabytes(db.UnsettledBytes)} in {db.UnsettledBlocks} blocks; shards without owner: {status.ShardsWithoutOwner}");
        if (status.Nodes.Count > 0) Console.Out.WriteLine($"{"node",-24} {"lease",7} {"shards",6} {"sockets",8} {"in memory",9} {"waiting",7} {"silence",8} {"version",-8} {"up",9} host");
        foreach (var node in status.Nodes)
        {
            // Without the number of the life it is in.
            var address = node.Address.Split('@')[0];
            var lease = node.IsLive ? $"{node.LeaseSeconds:0.0} s" : "ended";
            Console.Out.WriteLine(node.Report is { } said
                ? $"{address,-24} {lease,7} {node.Shards,6} {said.Sockets,8} {said.Conversations,9} {said.Waiting,7} {(said.LongestSilence is { } seconds ? $"{seconds:0.0} s" : "-"),8} {said.Version,-8} {Up(now - said.StartedAt),9} {said.Host}"
                : $"{address,-24} {lease,7} {node.Shards,6}");
        }

        foreach (var problem in status.Problems) Console.Out.WriteLine($"! {problem}");
    }

    private static string Megabytes(long bytes) => $"{bytes / 1048576.0:#,0.0} MB";

    private static string Up(TimeSpan time) => time.TotalDays >= 1 ? $"{(int)time.TotalDays} d {time.Hours} h" : $"{time.Hours}:{time.Minutes:00}:{time.Seconds:00}";
}
