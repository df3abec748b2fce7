using Npgsql;
using Parley.Cluster.Ownership;
using Parley.Journal.Postgres;
using Parley.Journal.Postgres.Sharding;
using Parley.Journal.Tests.Postgres.Support;

namespace Parley.Cluster.Tests.Support;

/// <summary>A node as a server makes one, as far as ownership goes.</summary>
internal sealed class ClusterNode : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private int _renewals, _rests;

    private ClusterNode(TestCluster cluster, string name, Proxy? through)
    {
        Name = name;
        _source = ParleyDatabase.Open(through?.ConnectionString ?? cluster.Database.ConnectionString);
        var time = cluster.Clock?.Nodes ?? TimeProvider.System;
        Lease = new NodeLease(new NodeLeaseOptions(_source, name, $"address of {name}") { Time = time });
        Lease.Attempted += isStored => Interlocked.Add(ref _renewals, isStored ? 1 : 0);
        Lease.Lost += () => LossCount++;
        Journal = new PostgresJournal(new PostgresJournalOptions(_source, name) { Owner = Lease.Id, HoldsLease = () => Lease.IsHeld, Time = time });
        Balancer = new ShardBalancer(new ShardBalancerOptions(_source, Lease, Journal) { Time = time });
        Balancer.Rested += () => Interlocked.Increment(ref _rests);
    }

    public string Name { get; }

    public NodeLease Lease { get; }

    public PostgresJournal Journal { get; }

    public ShardBalancer Balancer { get; }

    public int[] Owned => [.. Journal.OwnedShards];

    public int Renewals => Volatile.Read(ref _renewals);

    /// <summary>How many rounds its balancer has come to the end of.</summary>
    public int Rests => Volatile.Read(ref _rests);

    public int LossCount { get; private set; }

    /// <summary>Whether it takes part: false when it was stopped or killed, or cannot reach the database.</summary>
    public bool IsLive { get; set; }

    public static Task<ClusterNode> Open(TestCluster cluster, string name, Proxy? through) => Task.Run(() => new ClusterNode(cluster, name, through));

    public void Start()
    {
        IsLive = true;
        Balancer.Start();
    }

    /// <summary>Stops it as an operator does.</summary>
    public async Task Stop()
    {
        IsLive = false;
        await Balancer.StopAsync();
    }

    /// <summary>It renews nothing and gives nothing back.</summary>
    public async Task Kill()
    {
        IsLive = false;
        await Balancer.DisposeAsync();
        await Lease.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        await Journal.DisposeAsync();
        await _source.DisposeAsync();
    }
}
