using System.Net;
using Orleans.Runtime;

namespace Parley.Cluster.Tests.Membership;

/// <summary>Silos as Orleans describes them to its membership table.</summary>
internal static class Silos
{
    public static readonly DateTime Start = new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc).AddTicks(7);

    public static SiloAddress Address(int number, int generation = 100) => SiloAddress.New(IPAddress.Parse("10.0.0.7"), 11000 + number, generation);

    public static MembershipEntry Entry(int number, SiloStatus status = SiloStatus.Joining, int generation = 100) => new()
    {
        SiloAddress = Address(number, generation),
        Status = status,
        HostName = $"host-{number}",
        SiloName = $"silo-{number}",
        RoleName = "parley",
        UpdateZone = 1,
        FaultZone = 2,
        ProxyPort = 30000 + number,
        StartTime = Start,
        IAmAliveTime = Start.AddSeconds(1),
        SuspectTimes = [Tuple.Create(Address(number + 50), Start.AddTicks(3)), Tuple.Create(Address(number + 51), Start.AddMinutes(1))],
    };

    /// <summary>Everything that must come back as it was stored.</summary>
    public static string Describe(MembershipEntry e) =>
        $"{e.SiloAddress.ToParsableString()} {e.Status} {e.HostName} {e.SiloName} {e.RoleName} {e.UpdateZone} {e.FaultZone} {e.ProxyPort} {e.StartTime:O} {e.IAmAliveTime:O} "
        + string.Join(",", (e.SuspectTimes ?? []).Select(s => $"{s.Item1.ToParsableString()} at {s.Item2:O}"));

    /// <summary>Version, tag, and all rows with their tags.</summary>
    public static string Describe(MembershipTableData data) =>
        $"{data.Version.Version}/{data.Version.VersionEtag}: "
        + string.Join("; ", data.Members.Select(m => $"{Describe(m.Item1)} tag {m.Item2}").Order(StringComparer.Ordinal));
}
