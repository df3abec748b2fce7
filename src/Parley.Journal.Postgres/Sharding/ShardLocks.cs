using Npgsql;
using NpgsqlTypes;

namespace Parley.Journal.Postgres.Sharding;

/// <summary>
/// The advisory locks of shards. They are taken in ascending order, in a statement before the one that reads the epoch: that one
/// has a snapshot of its own then, which shows what was committed while the lock was waited for.
/// </summary>
internal static class ShardLocks
{
    private const int Class = 0x5061726C;

    private const string Share = "SELECT count(*) FROM unnest($1) shard WHERE pg_advisory_xact_lock_shared($2, shard) IS NOT NULL";
    private const string Exclude = "SELECT count(*) FROM unnest($1) shard WHERE pg_advisory_xact_lock($2, shard) IS NOT NULL";

    private const string EndHolders = """
        SELECT count(pg_terminate_backend(pid)) FROM pg_locks
        WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND classid = $2::bigint::oid AND objid = ANY($1::bigint[]::oid[]) AND objsubid = 2 AND granted AND pid <> pg_backend_pid()
        """;

    /// <summary>The statement that takes the shared locks; the array is set before it runs.</summary>
    public static NpgsqlBatchCommand Shared(int[] shards) => new(Share) { Parameters = { Numbers(shards), new NpgsqlParameter<int> { TypedValue = Class } } };

    /// <summary>Takes the locks for this transaction alone, waiting as long as the session's <c>lock_timeout</c> allows.</summary>
    public static void TakeExclusively(NpgsqlConnection connection, int[] shards) => Run(connection, Exclude, shards);

    /// <summary>Ends the connections of those who hold any of the locks: they kept it longer than anybody who lives would.</summary>
    public static void EndThoseWhoHold(NpgsqlConnection connection, int[] shards) => Run(connection, EndHolders, shards);

    public static NpgsqlParameter<int[]> Numbers(int[] shards) => new() { TypedValue = shards, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer };

    private static void Run(NpgsqlConnection connection, string sql, int[] shards)
    {
        using var command = new NpgsqlCommand(sql, connection) { Parameters = { Numbers(shards), new NpgsqlParameter<int> { TypedValue = Class } } };
        command.ExecuteScalar();
    }
}
