using System.Globalization;
using Parley.Bench.Load;

namespace Parley.Bench.Machine;

/// <summary>Processes with all their descendants, from <c>/proc</c>.</summary>
internal static class ProcessTree
{
    private const int Parent = 1;
    private const int FirstTime = 11;
    private const int Times = 4;

    private static readonly double TicksPerSecond = Libc.SystemConfiguration(Libc.ClockTicks);

    /// <summary>Processor time of all of them so far, of children that have ended too.</summary>
    public static double CpuSeconds(params int[] roots) => Of(roots).Sum(process => process.Ticks) / TicksPerSecond;

    /// <summary>Resident memory, MB; pages that processes share count for each.</summary>
    public static double ResidentMegabytes(params int[] roots) => Of(roots).Sum(process => ProcessMemory.ResidentMegabytes(process.Id));

    /// <summary>Ids of them all.</summary>
    public static IEnumerable<int> Ids(params int[] roots) => Of(roots).Select(process => process.Id);

    private static List<(int Id, long Ticks)> Of(int[] roots)
    {
        var all = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .Select(Read)
            .Where(process => process.Id > 0)
            .ToLookup(process => process.Parent);
        var found = roots.Select(Read).Where(process => process.Id > 0).ToList();
        for (var i = 0; i < found.Count; i++) found.AddRange(all[found[i].Id]);
        return [.. found.Select(process => (process.Id, process.Ticks))];
    }

    private static (int Id, int Parent, long Ticks) Read(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            // User and system time, its own and of the children it has waited for.
            return (id, int.Parse(fields[Parent], CultureInfo.InvariantCulture),
                fields.Skip(FirstTime).Take(Times).Sum(field => long.Parse(field, CultureInfo.InvariantCulture)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return default; // It ended meanwhile.
        }
    }
}
