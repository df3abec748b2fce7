using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Parley.Journal.Postgres;

namespace Parley.Cluster.Ownership;

/// <summary>How a <see cref="ShardBalancer"/> works.</summary>
/// <param name="Database">The journal's database. It stays open.</param>
/// <param name="Lease">This node's lease; the balancer acquires and releases it.</param>
/// <param name="Journal">
/// This node's journal, whose options have the lease's <see cref="NodeLease.Id"/> as owner and ask <see cref="NodeLease.IsHeld"/>.
/// Nobody else takes shards over in it.
/// </param>
public sealed record ShardBalancerOptions(NpgsqlDataSource Database, NodeLease Lease, PostgresJournal Journal)
{
    /// <summary>How often it looks without having heard anything.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long shards wait at most for being settled before they are given away: what is not, the next owner reads from the journal.</summary>
    public TimeSpan SettlePatience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The clock of polling.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILogger Logger { get; init; } = NullLogger.Instance;
}
