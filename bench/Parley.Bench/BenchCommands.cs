using System.CommandLine;
using Parley.Bench.Reporting;
using Parley.Bench.SelfCheck;
using Parley.Bench.Subjects;
using Parley.Bench.Workloads;
using Parley.Bench.Workloads.Day;
using Parley.Bench.Workloads.FanOut;
using Parley.Bench.Workloads.Growth;
using Parley.Bench.Workloads.Idle;
using Parley.Bench.Workloads.Latency;
using Parley.Bench.Workloads.Pairs;
using Parley.Bench.Workloads.Replay;
using Parley.Bench.Workloads.Routing;
using Parley.Bench.Workloads.Start;
using Parley.Bench.Workloads.Tiers;

namespace Parley.Bench;

/// <summary>The command line: all workloads, or one with its options.</summary>
internal static class BenchCommands
{
    private static readonly Option<string> Server = Text("--server", "A published parley.", "FILE", "artifacts/parley/parley");
    private static readonly Option<string> Disk = Text("--disk", "Where data folders are made: on the disk that is to be measured.", "DIR", "artifacts");
    private static readonly Option<string> Results = Text("--results", "Where raw figures go.", "DIR", "bench/results");
    private static readonly Option<double> WarmUp = Number("--warm-up", "Seconds before measuring; less than 20 measures the compiler.", 20.0);

    private static readonly string[] Everybody = ["parley", "limit", "redis", "nats", "ejabberd", "signalr", "signalr-batched"];

    private static Command Burst => Pairs("pairs", "Durable publish to delivery, beside the limit and the peers; what was put off is settled afterwards.", Everybody, [1, 16, 64, 100, 400], 30, 0);

    private static Command Sustained => Pairs("sustained", "The same for two minutes: does the tail grow?", ["parley", "limit", "redis"], [100], 120, 0);

    private static Command Watched => Pairs("watched", "The same with lists: each agent follows his own, 10 managers follow all.", ["parley", "limit"], [100], 30, 10);

    private static Command Nodes => Pairs("nodes", "Nodes over PostgreSQL, one and three, beside one server with SQLite.", ["parley", "postgres", "cluster"], [100], 30, 0);

    public static RootCommand Create()
    {
        var quick = new Option<bool>("--quick") { Description = "Parley, its limit and Redis with 100 pairs: at most 3 minutes." };
        var selfCheck = new Option<bool>("--self-check") { Description = "Measure nothing; check that the load generator sees faults." };
        var root = new RootCommand("Measures Parley beside what limits it. Without a command: all workloads.") { quick, selfCheck, Page(), Tiers(), Burst, Sustained, Watched, Nodes, Latency(), Replay(), FanOut(), Growth(), Day(), Start(), Routing(), Idle() };
        foreach (var option in (Option[])[Server, Disk, Results]) AddEverywhere(root, option);
        root.SetAction(async parsed =>
        {
            if (parsed.GetValue(selfCheck)) return SelfChecks.Run() ? 0 : 1;
            var (folders, isQuick) = (Folders(parsed), parsed.GetValue(quick));
            if (isQuick)
            {
                var quickly = new PairsSettings([SubjectKinds.Parley, SubjectKinds.Limit, "redis"], [100], [16, 1], 20, 4, 1) { KeepsServers = true };
                Report(folders, "quick", await new PairsWorkload(folders, quickly).RunAsync());
                return 0;
            }

            Report(folders, new StartWorkload(folders, new StartSettings(10)).Run());
            Report(folders, new RoutingWorkload(folders, new RoutingSettings([500, 5_000, 50_000], 1_000, 5)).Run());
            Report(folders, await new LatencyWorkload(folders, new LatencySettings(20, 2, 5)).RunAsync());
            Report(folders, await new IdleWorkload(folders, new IdleSettings([IdleSettings.Plain, IdleSettings.Tls], 10_000, 30)).RunAsync());
            string[] everywhere = ["--server", parsed.GetValue(Server)!, "--disk", parsed.GetValue(Disk)!, "--results", parsed.GetValue(Results)!];
            foreach (var command in (Command[])[Tiers(), Burst, Sustained, Watched, Nodes, Replay(), FanOut(), Growth(), Day()])
            {
                if (await root.Parse([command.Name, .. everywhere]).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }) != 0) return 1;
            }

            return 0;
        });
        return root;
    }

    private static Command Pairs(string name, string description, string[] subjects, int[] counts, double length, int watchers)
    {
        var servers = new Option<string[]>("--subjects")
        {
            Description = $"Of {string.Join(", ", SubjectKinds.All.Select(kind => kind.Name))}.", HelpName = "NAME", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => subjects,
        };
        var pairs = Numbers("--pairs", "Numbers of senders, each with an agent.", counts);
        var inFlight = Numbers("--in-flight", "Publishes in flight per sender.", [1, 16]);
        var seconds = Number("--seconds", "Of each measurement.", length);
        var rounds = Number("--rounds", "Each measures all subjects, there and back.", 1);
        var command = new Command(name, description) { servers, pairs, inFlight, WarmUp, seconds, rounds };
        command.SetAction(async parsed =>
        {
            var settings = new PairsSettings(
                parsed.GetValue(servers)!, parsed.GetValue(pairs)!, parsed.GetValue(inFlight)!, parsed.GetValue(WarmUp), parsed.GetValue(seconds), parsed.GetValue(rounds), watchers);
            Report(Folders(parsed), name, await new PairsWorkload(Folders(parsed), settings).RunAsync());
        });
        return command;
    }

    private static Command Page()
    {
        var page = Text("--page", "Where tables go between their markers; plots go to images/ beside it.", "FILE", "docs/performance.md");
        var command = new Command("report", "Measures nothing: puts the newest raw results into the page.") { page };
        command.SetAction(parsed =>
        {
            foreach (var done in PerformancePage.Write(parsed.GetValue(Results)!, parsed.GetValue(page)!)) Console.WriteLine(done);
        });
        return command;
    }

    private static Command Tiers()
    {
        var servers = new Option<string[]>("--subjects") { Description = "Of all that can be measured.", HelpName = "NAME", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [.. SubjectKinds.All.Select(kind => kind.Name)] };
        var seconds = Number("--seconds", "Of publishing.", 3.0);
        var command = new Command("tiers", "Counts the syncs behind acknowledgements: fails when a server is not of the tier that is said.") { servers, seconds };
        command.SetAction(async parsed =>
        {
            var result = await new TiersWorkload(Folders(parsed), parsed.GetValue(servers)!, parsed.GetValue(seconds)).RunAsync();
            Print(TiersWorkload.Table(result), ResultFile.Write(Folders(parsed).Results, "tiers", result.Provenance, result, BenchJson.Default.TiersResult));
            return result.Proofs.Any(proof => proof.IsRight == false) ? 1 : 0;
        });
        return command;
    }

    private static Command Latency()
    {
        var slice = Number("--seconds", "Of publishing, of echoes and of syncs in each round.", 2.0);
        var rounds = Number("--rounds", "How often.", 5);
        var command = new Command("latency", "One pair, one publish in flight, beside one fdatasync and one echo.") { WarmUp, slice, rounds };
        command.SetAction(async parsed =>
        {
            var settings = new LatencySettings(parsed.GetValue(WarmUp), parsed.GetValue(slice), parsed.GetValue(rounds));
            Report(Folders(parsed), await new LatencyWorkload(Folders(parsed), settings).RunAsync());
        });
        return command;
    }

    private static Command Replay()
    {
        var events = Numbers("--events", "Replayed to one socket.", [10_000, 100_000]);
        var rounds = Number("--rounds", "Warm ones.", 15);
        var command = new Command("replay", "Reads stored events again from the first on: one socket, and 50 at once.") { events, WarmUp, rounds };
        command.SetAction(async parsed =>
        {
            var result = await new ReplayWorkload(Folders(parsed), new ReplaySettings(parsed.GetValue(events)!, 380, parsed.GetValue(WarmUp), parsed.GetValue(rounds), 50, 200)).RunAsync();
            Print(ReplayReport.Table(result), ResultFile.Write(Folders(parsed).Results, "replay", result.Provenance, result, BenchJson.Default.ReplayResult));
        });
        return command;
    }

    private static Command FanOut()
    {
        var subscribers = Numbers("--subscribers", "Sockets that follow the one dialog.", [10, 100, 1_000]);
        var inFlight = Number("--in-flight", "Publishes.", 16);
        var seconds = Number("--seconds", "Of each measurement.", 10.0);
        var rounds = Number("--rounds", "Of each.", 3);
        var command = new Command("fan-out", "One conversation, many who follow it.") { subscribers, inFlight, WarmUp, seconds, rounds };
        command.SetAction(async parsed =>
        {
            var settings = new FanOutSettings(parsed.GetValue(subscribers)!, parsed.GetValue(inFlight), parsed.GetValue(WarmUp), parsed.GetValue(seconds), parsed.GetValue(rounds));
            var result = await new FanOutWorkload(Folders(parsed), settings).RunAsync();
            Print(FanOutReport.Table(result), ResultFile.Write(Folders(parsed).Results, "fan-out", result.Provenance, result, BenchJson.Default.FanOutResult));
        });
        return command;
    }

    private static Command Growth()
    {
        var conversations = Number("--conversations", "Stored beforehand, 20 messages each.", 1_000_000);
        var seconds = Number("--seconds", "Of publishing in each round.", 10.0);
        var rounds = Number("--rounds", "On each store.", 3);
        var command = new Command("growth", "Publishing, replay, lists and start on an empty store and on one with a million conversations.") { conversations, WarmUp, seconds, rounds };
        command.SetAction(async parsed =>
        {
            var settings = new GrowthSettings(parsed.GetValue(conversations), 20, 2_000, 100, parsed.GetValue(WarmUp), parsed.GetValue(seconds), parsed.GetValue(rounds));
            var result = await new GrowthWorkload(Folders(parsed), settings).RunAsync();
            Print(GrowthReport.Table(result), ResultFile.Write(Folders(parsed).Results, "growth", result.Provenance, result, BenchJson.Default.GrowthResult));
        });
        return command;
    }

    private static Command Day()
    {
        var agents = Number("--agents", "Online.", 2_000);
        var consumers = Number("--consumers", "In conversations.", 16_000);
        var ramp = Number("--ramp", "Seconds over which consumers arrive; not measured.", 120.0);
        var minutes = Number("--minutes", "Measured.", 10.0);
        var command = new Command("day", "A contact centre at work: thousands of people who read, think and type.") { agents, consumers, ramp, minutes };
        command.SetAction(async parsed =>
        {
            var settings = new DaySettings(parsed.GetValue(agents), parsed.GetValue(consumers), parsed.GetValue(ramp), parsed.GetValue(minutes));
            var result = await new DayWorkload(Folders(parsed), settings).RunAsync();
            Print(DayReport.Table(result), ResultFile.Write(Folders(parsed).Results, "day", result.Provenance, result, BenchJson.Default.DayResult));
        });
        return command;
    }

    private static Command Start()
    {
        var starts = Number("--starts", "On an empty folder, and as many on one that exists.", 10);
        var command = new Command("start", "From the start of the process to the line that says it is ready.") { starts };
        command.SetAction(parsed => Report(Folders(parsed), new StartWorkload(Folders(parsed), new StartSettings(parsed.GetValue(starts))).Run()));
        return command;
    }

    private static Command Routing()
    {
        var waiting = Numbers("--waiting", "Conversations in the queue.", [500, 5_000, 50_000]);
        var agents = Number("--agents", "All of them busy.", 1_000);
        var rounds = Number("--rounds", "How often each is measured, in turn.", 5);
        var command = new Command("routing", "What it costs to give a freed slot to the right conversation, by the length of the queue.") { waiting, agents, rounds };
        command.SetAction(parsed => Report(
            Folders(parsed),
            new RoutingWorkload(Folders(parsed), new RoutingSettings(parsed.GetValue(waiting)!, parsed.GetValue(agents), parsed.GetValue(rounds))).Run()));
        return command;
    }

    private static Command Idle()
    {
        var transports = new Option<string[]>("--transports")
        {
            Description = "Of plain and tls.", HelpName = "NAME", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [IdleSettings.Plain, IdleSettings.Tls],
        };
        transports.AcceptOnlyFromAmong(IdleSettings.Plain, IdleSettings.Tls);
        var sockets = Number("--sockets", "Of consumers, each with a conversation list.", 10_000);
        var seconds = Number("--seconds", "At rest.", 30.0);
        var command = new Command("idle", "Memory of a socket that only stays, plain and over TLS, and processor time at rest.") { transports, sockets, seconds };
        command.SetAction(async parsed =>
        {
            var settings = new IdleSettings(parsed.GetValue(transports)!, parsed.GetValue(sockets), parsed.GetValue(seconds));
            Report(Folders(parsed), await new IdleWorkload(Folders(parsed), settings).RunAsync());
        });
        return command;
    }

    private static void Report(BenchFolders folders, IdleResult result) =>
        Print(IdleWorkload.Table(result), ResultFile.Write(folders.Results, "idle", result.Provenance, result, BenchJson.Default.IdleResult));

    private static void Report(BenchFolders folders, RoutingResult result) =>
        Print(RoutingWorkload.Table(result), ResultFile.Write(folders.Results, "routing", result.Provenance, result, BenchJson.Default.RoutingResult));

    private static void Report(BenchFolders folders, string name, PairsResult result) =>
        Print(PairsReport.Table(result), ResultFile.Write(folders.Results, name, result.Provenance, result, BenchJson.Default.PairsResult));

    private static void Report(BenchFolders folders, LatencyResult result) =>
        Print(LatencyReport.Table(result), ResultFile.Write(folders.Results, "latency", result.Provenance, result, BenchJson.Default.LatencyResult));

    private static void Report(BenchFolders folders, StartResult result) =>
        Print(StartWorkload.Table(result), ResultFile.Write(folders.Results, "start", result.Provenance, result, BenchJson.Default.StartResult));

    private static void Print(string table, string file) => Console.WriteLine($"\n{table}\nRaw figures: {file}\n");

    private static BenchFolders Folders(ParseResult parsed) =>
        new(Path.GetFullPath(parsed.GetValue(Server)!), Path.GetFullPath(parsed.GetValue(Disk)!), parsed.GetValue(Results)!);

    private static void AddEverywhere(RootCommand root, Option option)
    {
        option.Recursive = true;
        root.Add(option);
    }

    private static Option<string> Text(string name, string description, string helpName, string value) =>
        new(name) { Description = description, HelpName = helpName, DefaultValueFactory = _ => value };

    private static Option<T> Number<T>(string name, string description, T value) =>
        new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => value };

    private static Option<int[]> Numbers(string name, string description, int[] values) =>
        new(name) { Description = description, HelpName = "N", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => values };
}
