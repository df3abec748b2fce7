using Npgsql;
using Orleans.Runtime;
using Parley.Journal.Postgres.Migrating;

namespace Parley.Cluster.Membership;

/// <summary>
/// Which silos a cluster has, for Orleans: in the same database as the journal. Whatever the database cannot do now surfaces as an
/// exception, and Orleans asks again; false only ever means that somebody else was first.
/// </summary>
/// <param name="database">Where. It stays open.</param>
/// <param name="cluster">The cluster's id. Others in the same database are not touched.</param>
public sealed class PostgresMembershipTable(NpgsqlDataSource database, string cluster) : IMembershipTable
{
    private const string Begin = "INSERT INTO membership VALUES($1, 0, nextval('membership_stamp')) ON CONFLICT DO NOTHING";

    // One statement and so one snapshot: version and rows belong together.
    private const string All = $"SELECT m.version, m.stamp, {SiloRow.Columns} FROM membership m LEFT JOIN silo s ON s.cluster = m.cluster";
    private const string One = $"{All} AND s.address = $2 AND s.port = $3 AND s.generation = $4";

    private const string Silo = "cluster = $1 AND address = $2 AND port = $3 AND generation = $4";

    // Whoever changes which silos there are holds this lock. It is taken in a statement of its own, so that the next one sees
    // everything that was done before: only then do the version and the presence of a row that it tests belong together.
    private const string Lock = "SELECT FROM membership WHERE cluster = $1 FOR UPDATE";
    private const string Turn = "UPDATE membership SET version = $16, stamp = nextval('membership_stamp') WHERE cluster = $1 AND stamp = $17";

    private const string Insert = $"""
        WITH turned AS ({Turn} AND NOT EXISTS(SELECT FROM silo WHERE {Silo}) RETURNING stamp)
        INSERT INTO silo(stamp, cluster, address, port, generation, status, host_name, silo_name, role_name, update_zone, fault_zone, proxy_port, suspects, suspected_ticks, start_ticks, alive_ticks)
        SELECT stamp, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15 FROM turned
        """;

    // Who updates another one's row, to suspect it or to declare it dead, read its sign of life before and may hold an old one.
    private const string Update = $"""
        WITH turned AS ({Turn} AND EXISTS(SELECT FROM silo WHERE {Silo} AND stamp = $18) RETURNING stamp)
        UPDATE silo SET stamp = turned.stamp, status = $5, host_name = $6, silo_name = $7, role_name = $8, update_zone = $9, fault_zone = $10, proxy_port = $11,
            suspects = $12, suspected_ticks = $13, start_ticks = $14, alive_ticks = greatest(alive_ticks, $15)
        FROM turned WHERE {Silo}
        """;

    private const string Alive = $"UPDATE silo SET alive_ticks = $5 WHERE {Silo}";

    private static readonly string CleanUp = $"DELETE FROM silo WHERE cluster = $1 AND status = {(int)SiloStatus.Dead} AND greatest(start_ticks, alive_ticks) < $2";

    /// <summary>Makes the tables if they are missing, and the cluster's version if it is to be.</summary>
    /// <param name="tryInitTableVersion">Whether this node may do so.</param>
    public async Task InitializeMembershipTableAsync(bool tryInitTableVersion, CancellationToken cancellationToken = default)
    {
        if (!tryInitTableVersion) return;
        await Task.Run(() => Migrations.Apply(database, MembershipSchema.Part, MembershipSchema.Steps), cancellationToken);
        await using var command = database.CreateCommand(Begin);
        command.Parameters.Add(Cluster(cluster));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<MembershipTableData> ReadAllAsync(CancellationToken cancellationToken = default)
    {
        await using var command = database.CreateCommand($"{All} WHERE m.cluster = $1");
        command.Parameters.Add(Cluster(cluster));
        return await Read(command, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<MembershipTableData> ReadRowAsync(SiloAddress key, CancellationToken cancellationToken = default)
    {
        await using var command = database.CreateCommand($"{One} WHERE m.cluster = $1");
        SiloRow.AddKey(command.Parameters, cluster, key);
        return await Read(command, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> InsertRowAsync(MembershipEntry entry, TableVersion tableVersion, CancellationToken cancellationToken = default) =>
        Write(Insert, entry, null, tableVersion, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> UpdateRowAsync(MembershipEntry entry, string etag, TableVersion tableVersion, CancellationToken cancellationToken = default) =>
        Write(Update, entry, etag, tableVersion, cancellationToken);

    /// <inheritdoc/>
    public async Task UpdateIAmAliveAsync(MembershipEntry entry, CancellationToken cancellationToken = default)
    {
        await using var command = database.CreateCommand(Alive);
        SiloRow.AddKey(command.Parameters, cluster, entry.SiloAddress);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = entry.IAmAliveTime.Ticks });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Deletes the rows of dead silos that started and gave their last sign of life before a time. The version stays: nobody who is a member changes.</summary>
    public Task CleanupDefunctSiloEntriesAsync(DateTimeOffset beforeDate, CancellationToken cancellationToken = default) =>
        Locked(cluster, new NpgsqlBatchCommand(CleanUp) { Parameters = { Cluster(cluster), new NpgsqlParameter<long> { TypedValue = beforeDate.UtcTicks } } }, cancellationToken);

    /// <summary>Deletes everything that is stored of a cluster, this one or another one.</summary>
    public Task DeleteMembershipTableEntriesAsync(string clusterId, CancellationToken cancellationToken = default) =>
        Locked(clusterId, new NpgsqlBatchCommand("WITH m AS (DELETE FROM membership WHERE cluster = $1) DELETE FROM silo WHERE cluster = $1") { Parameters = { Cluster(clusterId) } }, cancellationToken);

    // The older form of the same.
    Task IMembershipTable.InitializeMembershipTable(bool tryInitTableVersion) => InitializeMembershipTableAsync(tryInitTableVersion);
    Task<MembershipTableData> IMembershipTable.ReadAll() => ReadAllAsync();
    Task<MembershipTableData> IMembershipTable.ReadRow(SiloAddress key) => ReadRowAsync(key);
    Task<bool> IMembershipTable.InsertRow(MembershipEntry entry, TableVersion tableVersion) => InsertRowAsync(entry, tableVersion);
    Task<bool> IMembershipTable.UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => UpdateRowAsync(entry, etag, tableVersion);
    Task IMembershipTable.UpdateIAmAlive(MembershipEntry entry) => UpdateIAmAliveAsync(entry);
    Task IMembershipTable.CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => CleanupDefunctSiloEntriesAsync(beforeDate);
    Task IMembershipTable.DeleteMembershipTableEntries(string clusterId) => DeleteMembershipTableEntriesAsync(clusterId);

    private async Task<bool> Write(string sql, MembershipEntry entry, string? tag, TableVersion next, CancellationToken cancellationToken)
    {
        var write = new NpgsqlBatchCommand(sql);
        SiloRow.AddKey(write.Parameters, cluster, entry.SiloAddress);
        SiloRow.AddValues(write.Parameters, entry);
        write.Parameters.Add(new NpgsqlParameter<int> { TypedValue = next.Version });
        write.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Tags.StampOf(next.VersionEtag) });
        if (tag is not null) write.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Tags.StampOf(tag) });
        return await Locked(cluster, write, cancellationToken) == 1;
    }

    // What is sent together without a BEGIN is one transaction.
    private async Task<int> Locked(string ofCluster, NpgsqlBatchCommand write, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new NpgsqlBatchCommand(Lock) { Parameters = { Cluster(ofCluster) } }, write } };
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return write.RecordsAffected;
    }

    private async Task<MembershipTableData> Read(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var silos = new List<Tuple<MembershipEntry, string>>();
        TableVersion? version = null;
        while (await rows.ReadAsync(cancellationToken))
        {
            version ??= new TableVersion(rows.GetInt32(0), Tags.Of(rows.GetInt64(1)));
            if (!rows.IsDBNull(2)) silos.Add(SiloRow.Read(rows, 2));
        }

        return version is not null ? new MembershipTableData(silos, version)
            : throw new InvalidOperationException($"The cluster '{cluster}' has no membership: it was not initialized, or it was deleted.");
    }

    private static NpgsqlParameter<string> Cluster(string id) => new() { TypedValue = id };
}
