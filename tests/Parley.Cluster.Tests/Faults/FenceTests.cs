using System.Diagnostics;
using Npgsql;
using Parley.Cluster.Tests.Faults.Histories;
using Parley.Cluster.Tests.Faults.Loads;
using Parley.Cluster.Tests.Serving;
using Parley.Journal.Tests.Postgres.Support;
using Parley.Server.Tests.Ownership.Support;

namespace Parley.Cluster.Tests.Faults;

/// <summary>
/// Nodes that disagree about who lives: one of them renews its lease in a table that is its own, where nobody else does, and the others see it end. What is left is the fence; and to
/// show that it is needed, and that the checker would notice, it is taken away as well.
/// </summary>
[Collection(SharedNodes.Collection.Name)]
public sealed class FenceTests
{
    // A role, and the schema of that name, where its sessions look for tables first.
    private const string Apart = "apart";
    private const string Disconnect = $"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = '{Apart}'";

    // A shard's owner and epoch become the node's own affair; how far it is settled stays everybody's, or takeovers would find a hole and stop.
    private const string ShareSettled = $"""
        CREATE FUNCTION {Apart}.share() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            UPDATE public.shard SET settled_offset = new.settled_offset WHERE id = new.id AND settled_offset < new.settled_offset;
            UPDATE {Apart}.shard SET settled_offset = new.settled_offset WHERE id = new.id AND settled_offset < new.settled_offset;
            RETURN NULL;
        END $$;
        CREATE TRIGGER share AFTER UPDATE OF settled_offset ON public.shard FOR EACH ROW EXECUTE FUNCTION {Apart}.share();
        CREATE TRIGGER share AFTER UPDATE OF settled_offset ON {Apart}.shard FOR EACH ROW EXECUTE FUNCTION {Apart}.share();
        """;

    private readonly Random _random = Sampling.Random();

    [Fact]
    public Task Owners_who_all_believe_in_their_leases_break_no_promise_about_what_is_stored() => RunAsync(0, ["node"], "", async (database, cluster, load) =>
    {
        database.Run($"DROP SCHEMA {Apart} CASCADE");
        database.Run(Disconnect);
        await cluster.WholeAsync();

        // What somebody reads may be as old as a wrong belief in a lease.
        Assert.DoesNotContain(await load.FinishAsync(), v => v.Kind != ViolationKind.Stale);
    });

    [Fact]
    public Task Without_the_fence_such_owners_break_promises_and_the_checker_says_so() => RunAsync(1, ["node", "shard"], ShareSettled, async (_, _, load) =>
    {
        await load.StopAsync();

        // What is stored then cannot be read everywhere: no node makes sense of it.
        Assert.Contains(Checker.Check(load.History, [], []), v => v.Kind == ViolationKind.Twin);
    });

    private async Task RunAsync(int which, string[] own, string more, Func<TestDatabase, ThreeNodes, Load, Task> end)
    {
        Sampling.Draw(which, of: 2);
        Assert.SkipUnless(PostgresServer.IsInstalled, "PostgreSQL is not installed.");
        using var server = new PostgresServer();
        var database = new TestDatabase(server);
        database.Run($"CREATE ROLE {Apart} SUPERUSER LOGIN");
        var apart = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = Apart }.ConnectionString;
        await using var cluster = await ThreeNodes.StartAsync(database, node => new(node == 2 ? apart : database.ConnectionString));
        await using var load = await Load.StartAsync(cluster, _random);
        await load.ProgressAsync();

        var tables = string.Concat(own.Select(t => $"CREATE TABLE {Apart}.{t}(LIKE {t} INCLUDING ALL); INSERT INTO {Apart}.{t} SELECT * FROM {t};"));
        database.Run($"CREATE SCHEMA {Apart}; {tables} {more}");
        database.Run(Disconnect); // when that is committed
        var (acknowledged, disagree) = (new int[2], Stopwatch.GetTimestamp() + (5 * Stopwatch.Frequency));
        await load.UntilAsync(
            p => (p.Outcome == Outcome.Acknowledged && p.SentAt > disagree && ++acknowledged[p.Node == 2 ? 1 : 0] > 0) && acknowledged.Min() >= 100,
            () => $"{acknowledged[1]} were acknowledged by the node, {acknowledged[0]} by others");
        await end(database, cluster, load);
    }
}
