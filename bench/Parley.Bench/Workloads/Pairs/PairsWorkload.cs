using Parley.Bench.Load;
using Parley.Bench.Machine;
using Parley.Bench.Reporting;
using Parley.Bench.Subjects;

namespace Parley.Bench.Workloads.Pairs;

/// <summary>Durable publish to delivery, beside the limit: the same server keeping nothing.</summary>
internal sealed class PairsWorkload(BenchFolders folders, PairsSettings settings)
{
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(10);

    /// <summary>A B B A: what changes evenly with time hits both alike.</summary>
    public static IReadOnlyList<string> Round { get; } = [Journals.Sqlite, Journals.None, Journals.None, Journals.Sqlite];

    public async Task<PairsResult> RunAsync()
    {
        _ = folders.Fresh();
        var provenance = Provenance.Read(folders.Data);
        var cases = new List<PairsCase>();
        foreach (var pairs in settings.Pairs)
        {
            foreach (var inFlight in settings.InFlight)
            {
                var legs = new List<PairsLeg>();
                foreach (var journal in Enumerable.Repeat(Round, settings.Rounds).SelectMany(round => round))
                {
                    legs.Add(await MeasureAsync(journal, pairs, inFlight));
                    PairsReport.WriteLeg(pairs, inFlight, legs[^1]);
                }

                cases.Add(new PairsCase(pairs, inFlight, legs));
            }
        }

        return new PairsResult(provenance, settings, cases);
    }

    private async Task<PairsLeg> MeasureAsync(string journal, int count, int inFlight)
    {
        using var server = ParleyProcess.Start(folders.Server, folders.Fresh(), journal);
        var meter = new LoadMeter();
        using var api = new ParleyApi(server);
        var pairs = await PairSetup.CreateAsync(server, api, count, settings.PublishBytes, meter);
        using var loop = new ClosedLoop(pairs, inFlight);
        loop.Run(TimeSpan.FromSeconds(settings.WarmUpSeconds));

        meter.StartWindow();
        var watch = new CpuWatch(server.Id);
        var rates = RunBySecond(loop, meter);
        var cpu = watch.Stop();
        var resident = ProcessCpu.ResidentMegabytes(server.Id);
        var unsettled = await api.MetricAsync("parley_journal_tail_bytes");
        var (answers, deliveries) = (meter.Answers, meter.Deliveries);
        var (toAnswer, toDelivery) = (LatencyFigures.Of(meter.ToAnswer), LatencyFigures.Of(meter.ToDelivery));

        var lost = loop.Drain(DrainPatience);
        foreach (var pair in pairs) pair.Dispose();
        server.Stop();
        return new PairsLeg
        {
            Journal = journal,
            Publishes = answers,
            PublishesPerSecond = Math.Round(answers / cpu.Seconds, 1),
            DeliveriesPerSecond = Math.Round(deliveries / cpu.Seconds, 1),
            RateBySecond = rates,
            ToAnswer = toAnswer,
            ToDelivery = toDelivery,
            ServerMicrosecondsPerPublish = Math.Round(cpu.ServerCores * cpu.Seconds * 1e6 / answers, 3),
            Cpu = cpu,
            ServerResidentMegabytes = Math.Round(resident, 1),
            UnsettledMegabytes = Math.Round(unsettled / (1024 * 1024), 1),
            OutOfOrder = meter.OutOfOrder,
            Errors = meter.Errors,
            Lost = lost,
            FirstError = meter.FirstError,
        };
    }

    private List<double> RunBySecond(ClosedLoop loop, LoadMeter meter)
    {
        var rates = new List<double>();
        for (var left = settings.Seconds; left > 0; left--)
        {
            var (before, part) = (meter.Answers, Math.Min(left, 1));
            loop.Run(TimeSpan.FromSeconds(part));
            rates.Add(Math.Round((meter.Answers - before) / part));
        }

        return rates;
    }
}
