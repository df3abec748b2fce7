using System.Diagnostics;
using Parley.Cluster.Tests.Faults.Histories;
using Parley.Cluster.Tests.Faults.Loads;
using Parley.Cluster.Tests.Serving;
using Parley.Journal.Tests.Postgres.Support;
using Parley.Server.Tests.Ownership.Support;

namespace Parley.Cluster.Tests.Faults;

/// <summary>A database that goes away, is slow or says nothing, while clients write and read on all nodes.</summary>
[Collection(ServingTests.Alone)]
public sealed class DatabaseFaultTests
{
    private readonly Random _random = Sampling.Random();

    [Fact]
    public async Task While_the_database_is_away_publishes_are_refused_with_503_they_go_on_when_it_returns_and_every_promise_is_kept()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, "PostgreSQL is not installed.");
        using var server = new PostgresServer();
        var database = new TestDatabase(server);
        await using var cluster = await ThreeNodes.StartAsync(database);
        await using var load = await Load.StartAsync(cluster, _random, TimeSpan.FromSeconds(20));
        var returns = new Takeovers();
        for (var i = 0; i < Sampling.Count(2, 20); i++)
        {
            await load.ProgressAsync();
            if (i % 2 == 0) server.Kill();
            else server.Stop();
            var away = Stopwatch.GetTimestamp();
            await load.UntilAsync(p => p.SentAt > away && p.Outcome == Outcome.Refused, () => "Nothing was refused");
            if (i % 5 == 4) await load.UntilAsync(p => p.SentAt > away && p.Outcome == Outcome.Refused && Stopwatch.GetElapsedTime(away) > TimeSpan.FromSeconds(10), () => "Nothing was refused after the leases had ended");
            var known = load.History.Publishes.Where(p => p.Outcome == Outcome.Acknowledged && p.SentAt < away).Select(p => p.EventId).ToHashSet();
            Assert.DoesNotContain(load.History.Publishes, p => p.SentAt > away && p.Outcome == Outcome.Acknowledged && !known.Contains(p.EventId));

            var back = Stopwatch.GetTimestamp();
            server.Start();
            database.Source.Clear();
            returns.Add(await load.ServedAsync(load.Dialogs, back));
            await cluster.WholeAsync();
        }

        Assert.Contains(load.History.Publishes, p => p.Code == 503);
        await returns.CheckAsync(load);
    }

    [Fact]
    public async Task However_slow_or_silent_the_database_is_for_one_node_others_go_on_and_every_promise_is_kept()
    {
        var database = new TestDatabase();
        await using var proxy = new Proxy(database);
        await using var cluster = await ThreeNodes.StartAsync(database, node => new(node == 2 ? proxy.ConnectionString : database.ConnectionString));
        await using var load = await Load.StartAsync(cluster, _random);
        var takeovers = new Takeovers();
        for (var i = 0; i < Sampling.Count(1, 5); i++)
        {
            await load.ProgressAsync();
            proxy.Delay(TimeSpan.FromMilliseconds(_random.Next(5, 100))); // it lives on
            await load.ProgressAsync();
            await ForAWhileAsync(() => proxy.Delay(TimeSpan.FromMilliseconds(_random.Next(600, 2000)))); // too late to renew a lease
            await ForAWhileAsync(proxy.Swallow);
        }

        await takeovers.CheckAsync(load);

        async Task ForAWhileAsync(Action fault)
        {
            var dialogs = load.OwnedBy(2);
            fault();
            takeovers.Add(await load.ServedAsync(dialogs, Stopwatch.GetTimestamp()));
            await load.ProgressAsync();
            proxy.Mend();
            await cluster.WholeAsync();
        }
    }
}
