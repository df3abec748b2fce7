using System.Net;
using Npgsql;
using NpgsqlTypes;
using Orleans.Runtime;

namespace Parley.Cluster.Membership;

/// <summary>A row of the table <c>silo</c> and the entry that Orleans makes of it.</summary>
internal static class SiloRow
{
    /// <summary>What <see cref="Read"/> reads, in its order.</summary>
    public const string Columns =
        "s.address, s.port, s.generation, s.stamp, s.status, s.host_name, s.silo_name, s.role_name, s.update_zone, s.fault_zone, s.proxy_port, s.suspects, s.suspected_ticks, s.start_ticks, s.alive_ticks";

    /// <summary>Reads the columns from the given one on.</summary>
    /// <returns>The entry and its tag.</returns>
    public static Tuple<MembershipEntry, string> Read(NpgsqlDataReader row, int at)
    {
        var suspects = row.GetFieldValue<string[]>(at + 11).Zip(row.GetFieldValue<long[]>(at + 12), (silo, ticks) => Tuple.Create(SiloAddress.FromParsableString(silo), Time(ticks)));
        var entry = new MembershipEntry
        {
            SiloAddress = SiloAddress.New(IPAddress.Parse(row.GetString(at)), row.GetInt32(at + 1), row.GetInt32(at + 2)),
            Status = (SiloStatus)row.GetInt32(at + 4),
            HostName = Text(row, at + 5)!, // null if it was given as null
            SiloName = Text(row, at + 6)!,
            RoleName = Text(row, at + 7),
            UpdateZone = row.GetInt32(at + 8),
            FaultZone = row.GetInt32(at + 9),
            ProxyPort = row.GetInt32(at + 10),
            SuspectTimes = [.. suspects],
            StartTime = Time(row.GetInt64(at + 13)),
            IAmAliveTime = Time(row.GetInt64(at + 14)),
        };
        return Tuple.Create(entry, Tags.Of(row.GetInt64(at + 3)));
    }

    /// <summary>Adds the parameters $1 to $4: which silo.</summary>
    public static void AddKey(NpgsqlParameterCollection parameters, string cluster, SiloAddress silo)
    {
        parameters.Add(new NpgsqlParameter<string> { TypedValue = cluster });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = silo.Endpoint.Address.ToString() });
        parameters.Add(new NpgsqlParameter<int> { TypedValue = silo.Endpoint.Port });
        parameters.Add(new NpgsqlParameter<int> { TypedValue = silo.Generation });
    }

    /// <summary>Adds the parameters $5 to $15: all the rest.</summary>
    public static void AddValues(NpgsqlParameterCollection parameters, MembershipEntry entry)
    {
        var suspects = entry.SuspectTimes ?? [];
        Add<int>((int)entry.Status, NpgsqlDbType.Integer);
        Add(entry.HostName, NpgsqlDbType.Text);
        Add(entry.SiloName, NpgsqlDbType.Text);
        Add(entry.RoleName, NpgsqlDbType.Text);
        Add<int>(entry.UpdateZone, NpgsqlDbType.Integer);
        Add<int>(entry.FaultZone, NpgsqlDbType.Integer);
        Add<int>(entry.ProxyPort, NpgsqlDbType.Integer);
        Add<string[]>([.. suspects.Select(s => s.Item1.ToParsableString())], NpgsqlDbType.Array | NpgsqlDbType.Text);
        Add<long[]>([.. suspects.Select(s => s.Item2.Ticks)], NpgsqlDbType.Array | NpgsqlDbType.Bigint);
        Add<long>(entry.StartTime.Ticks, NpgsqlDbType.Bigint);
        Add<long>(entry.IAmAliveTime.Ticks, NpgsqlDbType.Bigint);

        void Add<T>(T? value, NpgsqlDbType type) => parameters.Add(new NpgsqlParameter { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = type });
    }

    private static DateTime Time(long ticks) => new(ticks, DateTimeKind.Utc);

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
