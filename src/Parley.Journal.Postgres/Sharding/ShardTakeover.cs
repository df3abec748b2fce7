using Npgsql;
using NpgsqlTypes;

namespace Parley.Journal.Postgres.Sharding;

/// <summary>Raises the epochs of shards: from then on nothing that was decided under an earlier epoch can be stored.</summary>
/// <param name="database">Where.</param>
/// <param name="owner">Who takes over: a name that no other journal has, not even an earlier one of this node.</param>
/// <param name="patience">How long others may keep a lock before their connections are ended.</param>
internal sealed class ShardTakeover(NpgsqlDataSource database, string owner, TimeSpan patience)
{
    private const int Attempts = 10;

    public string Owner => owner;

    /// <summary>Takes shards over, whoever owns them.</summary>
    /// <param name="shards">In ascending order.</param>
    public List<RaisedShard> Raise(int[] shards) =>
        Raise(shards, null, "UPDATE shard SET epoch = epoch + 1, owner = $2 WHERE id = ANY($1) RETURNING id, epoch, settled_offset");

    /// <summary>Takes over those whose epoch still is what it was.</summary>
    /// <param name="shards">In ascending order.</param>
    /// <param name="epochs">Of each.</param>
    public List<RaisedShard> Raise(int[] shards, long[] epochs) => Raise(shards, epochs, """
        UPDATE shard SET epoch = shard.epoch + 1, owner = $2 FROM unnest($1, $3) AS seen(id, epoch)
        WHERE shard.id = seen.id AND shard.epoch = seen.epoch RETURNING shard.id, shard.epoch, settled_offset
        """);

    /// <summary>Takes over again those that still are this node's.</summary>
    /// <inheritdoc cref="Raise(int[])" path="/param"/>
    public List<RaisedShard> RaiseOwn(int[] shards) =>
        Raise(shards, null, "UPDATE shard SET epoch = epoch + 1 WHERE id = ANY($1) AND owner = $2 RETURNING id, epoch, settled_offset");

    /// <summary>Those of them that somebody else has taken.</summary>
    public HashSet<int> Lost(int[] shards)
    {
        using var command = database.CreateCommand("SELECT id FROM shard WHERE id = ANY($1) AND owner <> $2");
        command.Parameters.Add(ShardLocks.Numbers(shards));
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = owner });
        using var rows = command.ExecuteReader();
        var lost = new HashSet<int>();
        while (rows.Read()) lost.Add(rows.GetInt32(0));
        return lost;
    }

    private List<RaisedShard> Raise(int[] shards, long[]? epochs, string update)
    {
        using var connection = database.OpenConnection();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return Raise(connection, shards, epochs, update);
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected && attempt < Attempts)
            {
                ShardLocks.EndThoseWhoHold(connection, shards);
            }
        }
    }

    private List<RaisedShard> Raise(NpgsqlConnection connection, int[] shards, long[]? epochs, string update)
    {
        using var transaction = connection.BeginTransaction();
        using (var bound = new NpgsqlCommand($"SET LOCAL lock_timeout = {(long)patience.TotalMilliseconds}", connection)) bound.ExecuteNonQuery();
        ShardLocks.TakeExclusively(connection, shards);
        var raised = new List<RaisedShard>();
        using (var command = new NpgsqlCommand(update, connection) { Parameters = { ShardLocks.Numbers(shards), new NpgsqlParameter<string> { TypedValue = owner } } })
        {
            if (epochs is not null) command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = epochs, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
            using var rows = command.ExecuteReader();
            while (rows.Read()) raised.Add(new RaisedShard(rows.GetInt32(0), rows.GetInt64(1), rows.GetInt64(2)));
        }

        transaction.Commit();
        return raised;
    }
}
