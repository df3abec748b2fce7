using System.Text.Json.Serialization;

namespace Parley.Server.Hosting;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RunningServer))]
[JsonSerializable(typeof(ReadinessReport))]
internal sealed partial class HostingJson : JsonSerializerContext;
