using Parley.Journal.Postgres.Sharding;
using Parley.Journal.Tests.Postgres.Support;
using Parley.Journal.Tests.Support;

namespace Parley.Journal.Tests.Postgres;

/// <summary>Nodes and the database are killed and paused at random moments, under load.</summary>
public sealed class CrashTests
{
    private readonly Random _random;

    public CrashTests()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("PARLEY_TEST_SEED"), out var given) ? given : Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        _random = new Random(seed);
    }

    [Fact]
    public async Task A_node_that_is_killed_loses_nothing_acknowledged_and_leaves_no_hole_and_no_twin()
    {
        await using var database = new TestDatabase();
        var acknowledged = new List<string>();
        for (var round = 0; round < Sampling.Count(4, 50); round++)
        {
            await using var node = new NodeProcess(database, $"r{round}");
            await node.Progress(_random.Next(20, 1500));
            acknowledged.AddRange(await node.Kill());
        }

        await using var journal = database.Open();
        Stored.Check(journal, NodeProcess.Conversations, acknowledged);
        await journal.SettleAsync();
        Stored.Check(journal, NodeProcess.Conversations, acknowledged);
    }

    [Fact]
    public async Task A_node_that_was_paused_while_another_one_took_over_stores_nothing_more()
    {
        await using var database = new TestDatabase();
        await using var journal = database.OpenBusy(ownsEverything: false);
        var node = new TestNode(journal);
        var acknowledged = new List<string>();
        for (var round = 0; round < Sampling.Count(3, 50); round++)
        {
            await using var paused = new NodeProcess(database, $"p{round}");
            await paused.Progress(_random.Next(20, 1500));
            paused.Pause();
            journal.TakeOver(Enumerable.Range(0, Shards.Count));
            var publishing = new Publishing($"o{round}", NodeProcess.Conversations, node);
            await publishing.Progress(100);
            paused.Resume();
            acknowledged.AddRange(await paused.End());
            acknowledged.AddRange(await publishing.Stop());
            Stored.Check(journal, NodeProcess.Conversations, acknowledged);
        }
    }

    [Fact]
    public async Task A_database_that_is_killed_loses_nothing_acknowledged_and_nodes_go_on_when_it_is_back()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, "PostgreSQL is not installed.");
        using var server = new PostgresServer();
        var database = new TestDatabase(server);
        const int conversations = 16;
        var journal = database.OpenBusy(ownsEverything: true);
        var publishing = new Publishing("d", conversations, new TestNode(journal));
        for (var round = 0; round < Sampling.Count(3, 30); round++)
        {
            await publishing.Progress(_random.Next(20, 1000));
            server.Kill();
            server.Start();
        }

        await publishing.Progress(50);
        var acknowledged = await publishing.Stop();
        Stored.Check(journal, conversations, acknowledged);
        await journal.DisposeAsync();
        await using (var another = database.Open()) Stored.Check(another, conversations, acknowledged);
        await database.Source.DisposeAsync();
    }

    [Fact]
    public async Task Shards_that_go_back_and_forth_under_load_lose_nothing_acknowledged_and_get_no_hole_and_no_twin()
    {
        await using var database = new TestDatabase();
        await using var one = database.OpenBusy(ownsEverything: true);
        await using var two = database.OpenBusy(ownsEverything: false);
        const int conversations = 8;
        var publishing = new Publishing("s", conversations, new TestNode(one), new TestNode(two));
        for (var move = 0; move < Sampling.Count(100, 3_000); move++)
        {
            int[] shards = [.. Enumerable.Range(0, conversations).Where(_ => _random.Next(3) == 0).Select(i => Shards.Of($"c{i}"))];
            (_random.Next(2) == 0 ? one : two).TakeOver(shards);
            if (move % 10 == 0) await publishing.Progress(20);
        }

        var acknowledged = await publishing.Stop();
        await using var journal = database.Open(ownsEverything: false);
        Stored.Check(journal, conversations, acknowledged);
        await one.SettleAsync();
        await two.SettleAsync();
        Stored.Check(journal, conversations, acknowledged);
        Assert.Equal(0L, database.Run("SELECT count(*) FROM journal"));
    }
}
