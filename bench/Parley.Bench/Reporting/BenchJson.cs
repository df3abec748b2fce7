using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
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

namespace Parley.Bench.Reporting;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(PairsResult))]
[JsonSerializable(typeof(TiersResult))]
[JsonSerializable(typeof(LatencyResult))]
[JsonSerializable(typeof(ReplayResult))]
[JsonSerializable(typeof(FanOutResult))]
[JsonSerializable(typeof(GrowthResult))]
[JsonSerializable(typeof(DayResult))]
[JsonSerializable(typeof(StartResult))]
[JsonSerializable(typeof(RoutingResult))]
[JsonSerializable(typeof(IdleResult))]
internal sealed partial class BenchJson : JsonSerializerContext;
