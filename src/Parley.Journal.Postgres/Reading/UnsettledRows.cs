using Npgsql;
using Parley.Conversations;
using Parley.Journal.Encoding;
using Parley.Journal.Postgres.Sharding;
using Parley.Journal.Tails;

namespace Parley.Journal.Postgres.Reading;

/// <summary>Reads what is committed and not settled, shard by shard in the order (epoch, offset): for a takeover, and for reads of shards that others own.</summary>
internal sealed class UnsettledRows(NpgsqlDataSource database, StoredMessages stored)
{
    private const string Order = "ORDER BY shard, epoch, shard_offset";
    private const string OfShards = $"SELECT shard, shard_offset, block FROM journal WHERE shard = ANY($1) {Order}";
    private const string OfOthers = $"SELECT shard, shard_offset, block FROM journal WHERE shard <> ALL($1) {Order}";

    /// <summary>A tail of what others committed to a shard of theirs, as far as it is of interest.</summary>
    public Tail TailOf(int shard, Predicate<string> isWanted) => Build(OfShards, [shard], isWanted);

    /// <summary>A tail of what others committed to all shards but these.</summary>
    public Tail TailOfAllBut(int[] shards) => Build(OfOthers, shards, static _ => true);

    /// <summary>All entries of shards that were taken over.</summary>
    /// <exception cref="JournalCorruptException">A block is damaged, or there is a hole or a twin.</exception>
    public List<UnsettledEntry> Read(IReadOnlyCollection<RaisedShard> raised)
    {
        var offsets = raised.ToDictionary(r => r.Shard, r => r.SettledOffset);
        return Read(OfShards, [.. offsets.Keys], (shard, offset) =>
        {
            if (offset != offsets[shard] + 1)
                throw new JournalCorruptException(File(shard), offset, null, new InvalidDataException($"The block before it is {offsets[shard]}."));
            offsets[shard] = offset;
        });
    }

    /// <summary>The settled states under what was read.</summary>
    public TailRecovery RecoveryInto(Tail tail, IReadOnlyCollection<UnsettledEntry> entries)
    {
        var states = stored.Load([.. entries.Select(e => e.ConversationId).Distinct()]);
        return new TailRecovery(tail, id => states.GetValueOrDefault(id));
    }

    private static string File(int shard) => $"table journal, shard {shard}";

    private Tail Build(string sql, int[] shards, Predicate<string> isWanted)
    {
        var entries = Read(sql, shards, static (_, _) => { });
        entries.RemoveAll(e => !isWanted(e.ConversationId));
        var tail = new Tail(isMeasured: false);
        if (entries.Count == 0) return tail;
        var recovery = RecoveryInto(tail, entries);
        foreach (var e in entries) recovery.Add(this, e.Offset, e.ConversationId, e.Events);
        return tail;
    }

    private List<UnsettledEntry> Read(string sql, int[] shards, Action<int, long> check)
    {
        var entries = new List<UnsettledEntry>();
        using var command = database.CreateCommand(sql);
        command.Parameters.Add(ShardLocks.Numbers(shards));
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            var (shard, offset) = (rows.GetInt32(0), rows.GetInt64(1));
            check(shard, offset);
            GroupCodec.Decode(File(shard), offset, rows.GetFieldValue<byte[]>(2), (id, events) => entries.Add(new UnsettledEntry(shard, offset, id, events)));
        }

        return entries;
    }
}
