using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Parley.Bench.Load;
using Parley.Bench.Machine;
using Parley.Bench.Reporting;
using Parley.Bench.Subjects;
using Parley.Bench.Workloads.Replay;

namespace Parley.Bench.Workloads.Growth;

/// <summary>What months of history cost those who work today: the same on a store with nothing in it and on one with all of it.</summary>
internal sealed class GrowthWorkload(BenchFolders folders, GrowthSettings settings)
{
    private const int ListBytes = 8 * 1024 * 1024;
    private const int AgentsInHistory = 50;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly List<string> _consumers = [];
    private readonly List<string> _agents = [];
    private int _pairs;

    public async Task<GrowthResult> RunAsync()
    {
        var data = folders.Fresh();
        var provenance = Provenance.Read(folders.Data);
        var (empty, grown) = ($"{data}-empty", $"{data}-grown");
        await PrepareAsync(empty);
        await PrepareAsync(grown);
        var began = Stopwatch.GetTimestamp();
        await new History(ParleyApi.Account, [.. _consumers.Select(Subject)], _agents).WriteAsync(grown, settings);
        var filled = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var size = new DirectoryInfo(grown).EnumerateFiles().Sum(file => file.Length) / 1e9;
        Console.WriteLine($"{settings.Conversations:N0} conversations, {size:0.0} GB, written in {filled:0} s");

        var (onEmpty, onGrown) = (new List<GrowthRound>(), new List<GrowthRound>());
        for (var round = 0; round < settings.Rounds; round++)
        {
            // There and back: what drifts hits both alike.
            foreach (var isGrown in round % 2 == 0 ? (bool[])[false, true] : [true, false])
            {
                var figures = await MeasureAsync(isGrown ? grown : empty);
                (isGrown ? onGrown : onEmpty).Add(figures);
                Console.WriteLine($"{(isGrown ? "grown" : "empty")}: start {figures.StartSeconds:0.00} s, publish p50 {figures.Publish.P50:0.00} ms, replay {figures.ReplayMilliseconds:0.0} ms");
            }
        }

        return new GrowthResult(provenance, settings, Math.Round(filled, 1), Math.Round(size, 2), onEmpty, onGrown);
    }

    // The account of a new folder, the agents of its history and consumers whose tokens are known.
    private async Task PrepareAsync(string folder)
    {
        using var server = ParleyProcess.Start(folders.Server, folder, Journals.Sqlite);
        using var api = new ParleyApi(server);
        _agents.Clear();
        _consumers.Clear();
        for (var i = 0; i < AgentsInHistory; i++)
        {
            await api.NewAgentAsync($"history-{i}", maxSlots: 1);
            _agents.Add(api.AgentId($"history-{i}"));
        }

        for (var i = 0; i < settings.Consumers; i++) _consumers.Add(await api.NewConsumerAsync());
        server.Stop();
    }

    private async Task<GrowthRound> MeasureAsync(string folder)
    {
        using var server = ParleyProcess.Start(folders.Server, folder, Journals.Sqlite);
        using var api = new ParleyApi(server);
        var resident = ProcessMemory.ResidentMegabytes(server.Id);
        var isGrown = folder.EndsWith("grown", StringComparison.Ordinal);
        var (consumerList, oldConversation) = isGrown ? ReadConsumers(server) : (new Histogram(), new Histogram());
        var agentList = isGrown ? await ReadAgentsAsync(server, api) : new Histogram();

        var meter = new LoadMeter();
        var pairs = await PairSetup.CreateAsync(server, api, settings.Pairs, PublishTemplate.UsualBytes, meter, $"growth-{_pairs++}");
        using var loop = new ClosedLoop(pairs, window: 1);
        loop.Run(TimeSpan.FromSeconds(settings.WarmUpSeconds));
        meter.StartWindow();
        var watch = new CpuWatch(server.Id);
        loop.Run(TimeSpan.FromSeconds(settings.Seconds));
        var cpu = watch.Stop();
        var (answers, toAnswer) = (meter.Answers, LatencyFigures.Of(meter.ToAnswer));
        var lost = loop.Drain(Patience);
        foreach (var pair in pairs) pair.Dispose();

        var reader = await LoneConsumer.CreateAsync(server, api);
        reader.Publish(settings.ReplayEvents, PublishTemplate.UsualBytes);
        await api.SettledAsync();
        var disordered = 0L;
        var replays = Enumerable.Range(0, 9).Select(_ => ReplayWorkload.Replay([reader], settings.ReplayEvents, ref disordered)).ToArray();
        reader.Close();
        server.Stop();
        return new GrowthRound
        {
            StartSeconds = Math.Round(server.TimeToReady.TotalSeconds, 3),
            ResidentMegabytes = Math.Round(resident, 1),
            ConsumerList = LatencyFigures.Of(consumerList),
            AgentList = LatencyFigures.Of(agentList),
            OldConversation = LatencyFigures.Of(oldConversation),
            Publish = toAnswer,
            PublishesPerSecond = Math.Round(answers / cpu.Seconds),
            ServerMicrosecondsPerPublish = Math.Round(cpu.ServerCores * cpu.Seconds * 1e6 / answers, 2),
            ReplayMilliseconds = Spread.Of(replays).Median,
            OtherCores = cpu.OtherCores,
            Faults = meter.OutOfOrder + meter.Errors + lost + disordered,
        };
    }

    private (Histogram Lists, Histogram Conversations) ReadConsumers(ParleyProcess server)
    {
        var (lists, conversations) = (new Histogram(), new Histogram());
        foreach (var token in _consumers)
        {
            using var socket = LeanSocket.Connect(server.Http, $"{PairSetup.Sockets}/consumer?v=3", $"jwt {token}", ListBytes);
            var requests = new RequestSocket(socket);
            var list = Timed(lists, () => List(requests, "cqm", new JsonObject { ["stage"] = new JsonArray("OPEN", "CLOSE") }));
            var oldest = list[0].GetProperty("result").GetProperty("convId").GetString();
            var messages = Timed(conversations, () => requests.Ask("ms.QueryMessages", new JsonObject { ["dialogId"] = oldest, ["newerThanSequence"] = 0 }));
            if (messages.GetArrayLength() < settings.Messages) throw new IOException($"An old conversation has {messages.GetArrayLength()} messages.");
        }

        return (lists, conversations);
    }

    private async Task<Histogram> ReadAgentsAsync(ParleyProcess server, ParleyApi api)
    {
        var lists = new Histogram();
        using var socket = LeanSocket.Connect(
            server.Http, $"{PairSetup.Sockets}/brand?v=2", $"jwt {await api.NewAgentAsync($"watcher-{_pairs}", maxSlots: 1, role: "Manager")}", ListBytes);
        var requests = new RequestSocket(socket);
        foreach (var agent in _agents)
            Timed(lists, () => List(requests, ".ams.aam", new JsonObject { ["stage"] = new JsonArray("OPEN"), ["agentIds"] = new JsonArray(agent) }));
        return lists;
    }

    // Each list ends at once, so that the next one comes alone.
    private static JsonElement List(RequestSocket socket, string family, JsonObject filter)
    {
        var id = socket.Ask($"{family}.SubscribeExConversations", filter).GetProperty("subscriptionId").GetString();
        var list = socket.Await(notification => notification.GetProperty("body").TryGetProperty("subscriptionId", out var of) && of.GetString() == id);
        socket.Ask($"{family}.UnsubscribeExConversations", new JsonObject { ["subscriptionId"] = id });
        return list.GetProperty("body").GetProperty("changes");
    }

    private static T Timed<T>(Histogram histogram, Func<T> work)
    {
        var began = Stopwatch.GetTimestamp();
        var result = work();
        histogram.Record((long)Stopwatch.GetElapsedTime(began).TotalNanoseconds);
        return result;
    }

    private static string Subject(string token)
    {
        var part = token.Split('.')[1].Replace('-', '+').Replace('_', '/');
        using var claims = JsonDocument.Parse(Convert.FromBase64String(part.PadRight((part.Length + 3) / 4 * 4, '=')));
        return claims.RootElement.GetProperty("sub").GetString()!;
    }
}
