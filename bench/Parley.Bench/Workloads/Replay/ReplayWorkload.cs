using System.Diagnostics;
using Parley.Bench.Load;
using Parley.Bench.Machine;
using Parley.Bench.Reporting;
using Parley.Bench.Subjects;

namespace Parley.Bench.Workloads.Replay;

/// <summary>What was stored, read again from its first event on: by one socket, and by many at once.</summary>
internal sealed class ReplayWorkload(BenchFolders folders, ReplaySettings settings)
{
    private const int ReceiveBytes = 1024 * 1024;

    public async Task<ReplayResult> RunAsync()
    {
        var data = folders.Fresh();
        var provenance = Provenance.Read(folders.Data);
        var cases = new List<(IReadOnlyList<LoneConsumer> Readers, int Events)>();
        using (var server = ParleyProcess.Start(folders.Server, data, Journals.Sqlite))
        {
            using var api = new ParleyApi(server);
            foreach (var events in settings.Events) cases.Add((await StoreAsync(server, api, 1, events), events));
            cases.Add((await StoreAsync(server, api, settings.ParallelSockets, settings.ParallelEvents), settings.ParallelEvents));
            await api.SettledAsync();
            server.Stop();
        }

        var results = new List<ReplayCase>();
        foreach (var (readers, events) in cases)
        {
            results.Add(Measure(data, readers, events));
            Console.WriteLine($"{readers.Count} x {events:N0}: warm {results[^1].Warm.Text("0.0")} ms, cold {results[^1].ColdMilliseconds:0.0} ms");
        }

        return new ReplayResult(provenance, settings, results);
    }

    private async Task<IReadOnlyList<LoneConsumer>> StoreAsync(ParleyProcess server, ParleyApi api, int consumers, int events)
    {
        var readers = new List<LoneConsumer>();
        for (var i = 0; i < consumers; i++)
        {
            readers.Add(await LoneConsumer.CreateAsync(server, api));
            readers[^1].Publish(events, settings.PublishBytes);
        }

        return readers;
    }

    // The first replay after a start is the cold one; those that follow find the program compiled and the pages in memory.
    private ReplayCase Measure(string data, IReadOnlyList<LoneConsumer> readers, int events)
    {
        var isCold = FileCache.TryDrop();
        using var server = ParleyProcess.Start(folders.Server, data, Journals.Sqlite);
        var there = readers.Select(reader => reader.At(server)).ToArray();
        var disordered = 0L;
        var cold = Replay(there, events, ref disordered);
        for (var warming = Stopwatch.StartNew(); warming.Elapsed.TotalSeconds < settings.WarmUpSeconds;) Replay(there, events, ref disordered);

        var before = ProcessMemory.ResidentMegabytes(server.Id);
        ProcessMemory.ResetPeak(server.Id);
        var watch = new CpuWatch(server.Id);
        var warm = new List<double>();
        for (var i = 0; i < settings.Rounds; i++) warm.Add(Replay(there, events, ref disordered));
        var cpu = watch.Stop();
        var growth = ProcessMemory.PeakMegabytes(server.Id) - before;
        server.Stop();
        return new ReplayCase
        {
            Sockets = readers.Count,
            Events = events,
            WarmMilliseconds = warm,
            ColdMilliseconds = isCold ? cold : null,
            GrowthMegabytesPerSocket = Math.Round(Math.Max(0, growth) / readers.Count, 3),
            ServerMicrosecondsPerEvent = Math.Round(cpu.ServerCores * cpu.Seconds * 1e6 / ((double)events * readers.Count * settings.Rounds), 2),
            OtherCores = cpu.OtherCores,
            OutOfOrder = disordered,
        };
    }

    /// <summary>Reads dialogs from their first event on, all at once.</summary>
    /// <returns>From the subscriptions to the last event, milliseconds.</returns>
    public static double Replay(IReadOnlyList<LoneConsumer> readers, int events, ref long disordered)
    {
        using var epoll = new Epoll();
        var sockets = readers.Select(reader => reader.Connect(ReceiveBytes)).ToArray();
        var followers = sockets.Select(socket => new Follower(socket)).ToArray();
        for (var i = 0; i < sockets.Length; i++)
        {
            epoll.Watch(sockets[i].Socket, i);
            sockets[i].Queue(readers[i].Subscription());
        }

        var began = Stopwatch.GetTimestamp();
        foreach (var socket in sockets) socket.Flush();
        var missing = (long)events * readers.Count;
        while (missing > 0)
        {
            var ready = epoll.Wait(10_000);
            if (ready == 0) throw new TimeoutException($"{missing} events of a replay did not come within 10 s.");
            for (var i = 0; i < ready; i++)
            {
                var follower = followers[epoll.Token(i)];
                missing += follower.Count;
                follower.Receive();
                missing -= follower.Count;
            }
        }

        var taken = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        disordered += followers.Sum(follower => follower.OutOfOrder);
        foreach (var follower in followers) follower.Dispose();
        return Math.Round(taken, 2);
    }
}
