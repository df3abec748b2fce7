using Parley.Bench.Load;
using Parley.Bench.Machine;
using Parley.Bench.Reporting;
using Parley.Bench.Subjects;

namespace Parley.Bench.Workloads.Pairs;

/// <summary>Durable publish to delivery: Parley beside the limit, which is the same server keeping nothing, and beside its peers.</summary>
internal sealed class PairsWorkload(BenchFolders folders, PairsSettings settings)
{
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, PairsSession> _kept = [];
    private readonly List<string> _absent = [];

    public async Task<PairsResult> RunAsync()
    {
        _ = folders.Fresh();
        var provenance = Provenance.Read(folders.Data);
        var kinds = settings.Subjects.Select(SubjectKinds.Named).ToList();
        var cases = new List<PairsCase>();
        try
        {
            foreach (var pairs in settings.Pairs)
            {
                foreach (var inFlight in settings.InFlight) cases.Add(await RunAsync(kinds, pairs, inFlight));
                CloseKept();
            }
        }
        finally
        {
            CloseKept();
            _ = folders.Fresh();
        }

        return new PairsResult(provenance, settings, [.. kinds.Select(SubjectInfo.Of)], cases, _absent);
    }

    // A B C C B A: what changes evenly with time hits all alike.
    private async Task<PairsCase> RunAsync(List<SubjectKind> kinds, int pairs, int inFlight)
    {
        var (legs, failed) = (new List<PairsLeg>(), new HashSet<string>());
        for (var round = 0; round < settings.Rounds; round++)
        {
            foreach (var kind in kinds.Concat(kinds.AsEnumerable().Reverse()).ToArray())
            {
                if (failed.Contains(kind.Name)) continue;
                try
                {
                    legs.Add(await MeasureAsync(kind, pairs, inFlight, round));
                    PairsReport.WriteLeg(pairs, inFlight, legs[^1]);
                }
                catch (Exception e) when (kind.Name is not (SubjectKinds.Parley or SubjectKinds.Limit) && e is IOException or TimeoutException or System.ComponentModel.Win32Exception or System.Net.Sockets.SocketException)
                {
                    // A peer that cannot be measured is told of; the others are measured all the same.
                    failed.Add(kind.Name);
                    if (_kept.Remove(kind.Name, out var session)) session.Dispose();
                    _absent.Add($"{kind.Name}, {pairs} pairs x {inFlight}: {e.Message}");
                    Console.WriteLine($"left out: {_absent[^1]}");
                }
            }
        }

        return new PairsCase(pairs, inFlight, legs);
    }

    private async Task<PairsSession> OpenAsync(SubjectKind kind, int pairs, int inFlight)
    {
        if (_kept.TryGetValue(kind.Name, out var kept)) return kept;
        if (!settings.KeepsServers) _ = folders.Fresh();
        var session = await PairsSession.OpenAsync(kind, folders, settings, pairs);
        if (settings.KeepsServers) _kept[kind.Name] = session;
        using var loop = new ClosedLoop(session.Pairs, inFlight, session.Bystanders);
        loop.Run(TimeSpan.FromSeconds(settings.WarmUpSeconds));
        // Whoever is measured at once goes on at full load; a kept server must rest while it is not its turn.
        if (settings.KeepsServers) loop.Drain(DrainPatience);
        return session;
    }

    private async Task<PairsLeg> MeasureAsync(SubjectKind kind, int count, int inFlight, int round)
    {
        var session = await OpenAsync(kind, count, inFlight);
        try
        {
            return await MeasureAsync(session, inFlight, round);
        }
        finally
        {
            if (!settings.KeepsServers) session.Dispose();
        }
    }

    private async Task<PairsLeg> MeasureAsync(PairsSession session, int inFlight, int round)
    {
        var (meter, subject) = (session.Meter, session.Subject);
        var (disordered, errors) = settings.KeepsServers ? (meter.OutOfOrder, meter.Errors) : (0, 0);
        using var loop = new ClosedLoop(session.Pairs, inFlight, session.Bystanders);
        using var settling = await SettlingWatch.StartAsync(subject);
        var framesBefore = session.Bystanders.Sum(bystander => bystander.Frames);
        var (allocated, between) = (await subject.AllocatedAsync(), await subject.BetweenNodesAsync());
        meter.StartWindow();
        var watch = new CpuWatch(subject.Processes);
        var rates = RunBySecond(loop, meter);
        var cpu = watch.Stop();
        var frames = session.Bystanders.Sum(bystander => bystander.Frames) - framesBefore;
        var resident = ProcessTree.ResidentMegabytes(subject.Processes);
        var (answers, deliveries) = (meter.Answers, meter.Deliveries);
        var (toAnswer, toDelivery) = (LatencyFigures.Of(meter.ToAnswer), LatencyFigures.Of(meter.ToDelivery));
        (allocated, between) = (await subject.AllocatedAsync() - allocated, await subject.BetweenNodesAsync() - between);
        var settled = settling is null ? 0 : await settling.StopAsync();

        var lost = loop.Drain(DrainPatience);
        var later = settling is null ? null : await settling.DrainAsync(settled);
        if (answers == 0) throw new IOException("Not one publish was answered.");
        if (!settings.KeepsServers) subject.Stop();
        return new PairsLeg
        {
            Subject = session.Kind.Name,
            Round = round,
            Publishes = answers,
            PublishesPerSecond = Math.Round(answers / cpu.Seconds, 1),
            DeliveriesPerSecond = Math.Round(deliveries / cpu.Seconds, 1),
            BystanderFramesPerSecond = Math.Round(frames / cpu.Seconds, 1),
            RateBySecond = rates,
            ToAnswer = toAnswer,
            ToDelivery = toDelivery,
            ServerMicrosecondsPerPublish = Math.Round(cpu.ServerCores * cpu.Seconds * 1e6 / answers, 3),
            Cpu = cpu,
            AllocatedBytesPerPublish = allocated is { } bytes ? Math.Round(bytes / answers) : null,
            BytesBetweenNodesPerPublish = between is { } sent ? Math.Round(sent / answers) : null,
            ServerResidentMegabytes = Math.Round(resident, 1),
            Settling = later,
            OutOfOrder = meter.OutOfOrder - disordered,
            Errors = meter.Errors - errors,
            Lost = lost,
            FirstError = meter.FirstError,
        };
    }

    private void CloseKept()
    {
        foreach (var session in _kept.Values) session.Dispose();
        _kept.Clear();
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
