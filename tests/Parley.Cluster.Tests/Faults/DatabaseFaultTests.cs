using System.Diagnostics;
using Parley.Cluster.Tests.Faults.Histories;
using Parley.Cluster.Tests.Faults.Loads;
using Parley.Server.Tests.Ownership.Support;

namespace Parley.Cluster.Tests.Faults;

/// <summary>A database that goes away, is slow or says nothing, while clients write and read on all nodes.</summary>
[Collection(SharedNodes.Collection.Name)]
public sealed class DatabaseFaultTests(SharedNodes nodes)
{
    private readonly Random _random = Sampling.Random();

    [Fact]
    public async Task While_the_database_is_away_publishes_are_refused_with_503_they_go_on_when_it_returns_and_every_promise_is_kept()
    {
        Sampling.Draw(0, of: 2);
        var cluster = await nodes.WholeAsync();
        await using var load = await Load.StartAsync(cluster, _random, TimeSpan.FromSeconds(20));
        var returns = new Takeovers();
        for (var i = 0; i < Sampling.Count(2, 20); i++)
        {
            await load.ProgressAsync();
            if (i % 2 == 0) nodes.Server.Kill();
            else nodes.Server.Stop();
            var away = Stopwatch.GetTimestamp();
            await load.UntilAsync(p => p.SentAt > away && p.Outcome == Outcome.Refused, () => "Nothing was refused");
            if (i % 5 == 4) await load.UntilAsync(p => p.SentAt > away && p.Outcome == Outcome.Refused && Stopwatch.GetElapsedTime(away) > TimeSpan.FromSeconds(10), () => "Nothing was refused after the leases had ended");
            // What was sent before may have been stored, and is known in memory.
            var publishes = load.History.Publishes;
            var before = publishes.Where(p => p.SentAt <= away).Select(p => p.EventId).ToHashSet();
            Assert.DoesNotContain(publishes, p => p.Outcome == Outcome.Acknowledged && !before.Contains(p.EventId));

            var back = Stopwatch.GetTimestamp();
            nodes.Server.Start();
            nodes.Database.Source.Clear();
            returns.Add(await load.ServedAsync(load.Dialogs, back));
            await cluster.WholeAsync();
        }

        Assert.Contains(load.History.Publishes, p => p.Code == 503);
        await returns.CheckAsync(load);
    }

    [Fact]
    public async Task However_slow_or_silent_the_database_is_for_one_node_others_go_on_and_every_promise_is_kept()
    {
        Sampling.Draw(1, of: 2);
        var cluster = await nodes.WholeAsync();
        var proxy = nodes.Proxy;
        await using var load = await Load.StartAsync(cluster, _random);
        var takeovers = new Takeovers();
        for (var i = 0; i < Sampling.Count(1, 9); i++)
        {
            await load.ProgressAsync();
            proxy.Delay(TimeSpan.FromMilliseconds(_random.Next(5, 100))); // it lives on
            await load.ProgressAsync();
            Action[] silences = [proxy.SwallowReplies, proxy.Swallow, () => proxy.Delay(TimeSpan.FromMilliseconds(_random.Next(600, 2000)))]; // too late to renew a lease
            await ForAWhileAsync(silences[i % 3]);
        }

        await takeovers.CheckAsync(load);

        async Task ForAWhileAsync(Action fault)
        {
            var dialogs = load.OwnedBy(SharedNodes.BehindProxy);
            fault();
            takeovers.Add(await load.ServedAsync(dialogs, Stopwatch.GetTimestamp()));
            await load.ProgressAsync();
            proxy.Mend();
            await cluster.WholeAsync();
        }
    }
}
