using System.Text.Json.Serialization;

namespace Parley.Server.Discovery;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ServiceEntry))]
[JsonSerializable(typeof(ServiceList))]
[JsonSerializable(typeof(LegacyServiceAddress))]
[JsonSerializable(typeof(DiscoveryError))]
internal sealed partial class DiscoveryJson : JsonSerializerContext;
