using Parley.Bench.Load;
using Parley.Bench.Machine;
using Parley.Bench.Reporting;
using Parley.Bench.Subjects;

namespace Parley.Bench.Workloads.Latency;

/// <summary>One pair, one publish in flight, beside what a durable answer costs at least: one sync and one round trip.</summary>
internal sealed class LatencyWorkload(BenchFolders folders, LatencySettings settings)
{
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(10);

    public async Task<LatencyResult> RunAsync()
    {
        var data = folders.Fresh();
        var provenance = Provenance.Read(folders.Data);
        using var disk = new DiskFloor(folders.Data);
        using var echo = new EchoFloor(settings.Bytes);
        using var server = ParleyProcess.Start(folders.Server, data, Journals.Sqlite);
        var meter = new LoadMeter();
        using var api = new ParleyApi(server);
        using var pair = (await PairSetup.CreateAsync(server, api, count: 1, settings.Bytes, meter))[0];
        using var loop = new ClosedLoop([pair], window: 1);
        var slice = TimeSpan.FromSeconds(settings.SliceSeconds);

        loop.Run(TimeSpan.FromSeconds(settings.WarmUpSeconds));
        var lost = loop.Drain(DrainPatience);
        echo.Run(slice);
        disk.Run(slice);

        var watch = new CpuWatch(server.Id);
        var (publishes, echoes, syncs) = (new Histogram(), new Histogram(), new Histogram());
        var rounds = new List<LatencyRound>();
        for (var i = 0; i < settings.Rounds; i++)
        {
            meter.StartWindow();
            echo.RoundTrips.Clear();
            disk.Syncs.Clear();

            loop.Run(slice);
            lost += loop.Drain(DrainPatience);
            // The echo comes second: meanwhile the server settles what was published, and the disk is quiet for its turn.
            echo.Run(slice);
            disk.Run(slice);

            publishes.Add(meter.ToAnswer);
            echoes.Add(echo.RoundTrips);
            syncs.Add(disk.Syncs);
            rounds.Add(new LatencyRound(LatencyFigures.Of(meter.ToAnswer).P50, LatencyFigures.Of(echo.RoundTrips).P50, LatencyFigures.Of(disk.Syncs).P50));
            LatencyReport.WriteRound(rounds[^1]);
        }

        var cpu = watch.Stop();
        server.Stop();
        return new LatencyResult(provenance, settings)
        {
            Publish = LatencyFigures.Of(publishes),
            Echo = LatencyFigures.Of(echoes),
            Sync = LatencyFigures.Of(syncs),
            Rounds = rounds,
            Cpu = cpu,
            OutOfOrder = meter.OutOfOrder,
            Errors = meter.Errors,
            Lost = lost,
        };
    }
}
