using System.Text.Json.Serialization;

namespace Parley.Cluster.Status;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ClusterStatus))]
[JsonSerializable(typeof(NodeReport))]
internal sealed partial class StatusJson : JsonSerializerContext;
