using System.Diagnostics;
using Parley.Bench.Load;
using Parley.Bench.Machine;
using Parley.Bench.Reporting;
using Parley.Bench.Subjects;

namespace Parley.Bench.Workloads.Day;

/// <summary>A contact centre at work: thousands of people on as many sockets, who mostly read, think and type.</summary>
internal sealed class DayWorkload(BenchFolders folders, DaySettings settings)
{
    // Frames here are small, and there are many sockets.
    private const int BufferBytes = 8 * 1024;

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    private readonly DayMeter _meter = new();
    private readonly Clockwork _clock = new();
    private readonly List<DaySocket> _people = [];

    public async Task<DayResult> RunAsync()
    {
        var data = folders.Fresh();
        var provenance = Provenance.Read(folders.Data);
        using var server = ParleyProcess.Start(folders.Server, data, Journals.Sqlite);
        using var api = new ParleyApi(server);
        var empty = ProcessMemory.ResidentMegabytes(server.Id);
        using var epoll = new Epoll();
        var slots = (settings.Consumers + settings.Agents - 1) / settings.Agents + 1;
        for (var i = 0; i < settings.Agents; i++)
        {
            var agent = new DayAgent(Connect(server, "brand?v=2.1", await api.NewAgentAsync($"day-{i}", slots)), _meter, _clock, settings);
            Add(epoll, agent);
            agent.Begin();
            if (i % 100 == 99) Turn(epoll);
        }

        for (var i = 0; i < settings.Consumers; i++)
        {
            var consumer = new DayConsumer(Connect(server, "consumer?v=3", await api.NewConsumerAsync()), _meter, _clock, settings);
            Add(epoll, consumer);
            _clock.Within(settings.RampSeconds, consumer.Begin);
            if (i % 20 == 19) Turn(epoll);
        }

        Console.WriteLine($"{_people.Count:N0} people are connected.");
        Run(epoll, TimeSpan.FromSeconds(settings.RampSeconds));
        var minutes = new List<DayMinute>();
        for (var minute = 0; minute < settings.Minutes; minute++) minutes.Add(Minute(epoll, server.Id));
        _clock.IsOver = true;
        Run(epoll, Quiet);
        foreach (var person in _people) person.Dispose();
        server.Stop();
        return new DayResult(provenance, settings, Math.Round(empty, 1), minutes, _meter.Refused, _meter.FirstRefusal, _meter.OutOfOrder, _meter.Missing);
    }

    private static LeanSocket Connect(ParleyProcess server, string socket, string token) =>
        LeanSocket.Connect(server.Http, $"{PairSetup.Sockets}/{socket}", $"jwt {token}", BufferBytes, BufferBytes);

    private void Add(Epoll epoll, DaySocket person)
    {
        epoll.Watch(person.Socket, _people.Count);
        _people.Add(person);
    }

    private DayMinute Minute(Epoll epoll, int server)
    {
        _meter.StartMinute();
        var watch = new CpuWatch(server);
        Run(epoll, TimeSpan.FromMinutes(1));
        var minute = new DayMinute
        {
            Cpu = watch.Stop(),
            ServerResidentMegabytes = Math.Round(ProcessMemory.ResidentMegabytes(server), 1),
            Publishes = _meter.Publishes,
            Deliveries = _meter.Deliveries,
            OtherEvents = _meter.OtherEvents,
            Opened = _meter.Opened,
            Closed = _meter.Closed,
            ToAnswer = LatencyFigures.Of(_meter.ToAnswer),
            ToDelivery = LatencyFigures.Of(_meter.ToDelivery),
        };
        Console.WriteLine($"{minute.Publishes / minute.Cpu.Seconds:0} messages/s, server {minute.Cpu.ServerCores:0.00} cores, {minute.ServerResidentMegabytes:0} MB, answer p99 {minute.ToAnswer.P99:0.0} ms");
        return minute;
    }

    private void Run(Epoll epoll, TimeSpan duration)
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < duration) Turn(epoll);
    }

    private void Turn(Epoll epoll)
    {
        var ready = epoll.Wait(_clock.Turn());
        for (var i = 0; i < ready; i++) _people[(int)epoll.Token(i)].Receive();
    }
}
