using Npgsql;

namespace Parley.Cluster.Ownership;

/// <summary>How a <see cref="NodeLease"/> works. Duration and renewal are the same on all nodes.</summary>
/// <param name="Database">Where the lease is kept: see <see cref="Journal.Postgres.ParleyDatabase.Open"/>. It stays open.</param>
/// <param name="Node">This node's name, for an operator.</param>
/// <param name="Address">Where other nodes reach this one, in whatever form they understand.</param>
public sealed record NodeLeaseOptions(NpgsqlDataSource Database, string Node, string Address)
{
    /// <summary>How long a lease lasts from the last renewal that the database has stored.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How often it is renewed, and how long one attempt may take.</summary>
    public TimeSpan RenewInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long before its end a node gives a lease up: what it stops then has stopped when others begin.</summary>
    public TimeSpan Margin { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>The clock by which this node measures. The database goes by its own.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
