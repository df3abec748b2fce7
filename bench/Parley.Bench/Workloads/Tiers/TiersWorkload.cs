using System.ComponentModel;
using System.Globalization;
using System.Net.Sockets;
using Parley.Bench.Load;
using Parley.Bench.Reporting;
using Parley.Bench.Subjects;
using Parley.Bench.Workloads.Pairs;

namespace Parley.Bench.Workloads.Tiers;

/// <summary>What an acknowledgement of each server is worth: syncs are counted while one publish is in flight at a time.</summary>
internal sealed class TiersWorkload(BenchFolders folders, IReadOnlyList<string> subjects, double seconds)
{
    private const int FlushesOfDisk = 18;

    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(10);

    public async Task<TiersResult> RunAsync()
    {
        _ = folders.Fresh();
        var provenance = Provenance.Read(folders.Data);
        var proofs = new List<TierProof>();
        foreach (var kind in subjects.Select(SubjectKinds.Named))
        {
            var info = SubjectInfo.Of(kind);
            try
            {
                _ = folders.Fresh();
                proofs.Add(await ProveAsync(kind, info));
            }
            catch (Exception e) when (e is IOException or TimeoutException or Win32Exception or SocketException)
            {
                proofs.Add(new TierProof(info, 0, -1, e.Message));
            }

            Console.WriteLine($"{kind.Name,-16} {info.Tier}  {proofs[^1].Acknowledged} acknowledged, {proofs[^1].Syncs} syncs  {Verdict(proofs[^1])}  ({proofs[^1].Method})");
        }

        _ = folders.Fresh();
        return new TiersResult(provenance, seconds, proofs);
    }

    public static string Table(TiersResult result)
    {
        var table = new MarkdownTable("server", "tier", "acknowledged", "syncs", "per publish", "counted by", "verdict");
        foreach (var proof in result.Proofs)
            table.Add(proof.Subject.Label, $"{proof.Subject.Tier}", $"{proof.Acknowledged:N0}", $"{proof.Syncs:N0}", $"{proof.SyncsPerPublish:0.00}", proof.Method, Verdict(proof));
        return $"{result.Provenance}\nOne pair, one publish in flight, {result.Seconds:0.#} s each.\n\n{table}";
    }

    private static string Verdict(TierProof proof) => proof.IsRight switch { true => "right", false => "WRONG", null => "not found out" };

    private async Task<TierProof> ProveAsync(SubjectKind kind, SubjectInfo info)
    {
        using var session = await PairsSession.OpenAsync(kind, folders, new PairsSettings([kind.Name], [1], [1], 0, seconds, 1), 1);
        using var loop = new ClosedLoop(session.Pairs, 1);
        loop.Run(TimeSpan.FromSeconds(1));
        loop.Drain(DrainPatience);
        session.Meter.StartWindow();
        try
        {
            using var trace = new SyncTrace(session.Subject.Processes);
            Publish(loop);
            return new TierProof(info, session.Meter.Answers, trace.Stop(), "strace");
        }
        catch (Exception e) when (e is Win32Exception or IOException && session.Meter.Answers == 0)
        {
            // Where nobody may trace, the disks tell how often they were flushed: by anybody, so T2 is proven less well than T1.
            var before = DiskFlushes();
            Publish(loop);
            return new TierProof(info, session.Meter.Answers, DiskFlushes() - before, "flushes of all disks");
        }
    }

    private void Publish(ClosedLoop loop)
    {
        loop.Run(TimeSpan.FromSeconds(seconds));
        loop.Drain(DrainPatience);
    }

    private static long DiskFlushes() => File.ReadLines("/proc/diskstats")
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(fields => fields.Length > FlushesOfDisk)
        .Sum(fields => long.Parse(fields[FlushesOfDisk], CultureInfo.InvariantCulture));
}
