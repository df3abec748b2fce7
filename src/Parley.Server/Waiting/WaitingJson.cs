using System.Text.Json.Serialization;

namespace Parley.Server.Waiting;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AvailabilityBody))]
[JsonSerializable(typeof(WaitingBody))]
[JsonSerializable(typeof(WaitingError))]
internal sealed partial class WaitingJson : JsonSerializerContext;
