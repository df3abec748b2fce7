using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Parley.Server.Configuration;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(UserBody))]
[JsonSerializable(typeof(UserBody[]))]
[JsonSerializable(typeof(SkillBody))]
[JsonSerializable(typeof(SkillBody[]))]
[JsonSerializable(typeof(StatusReasonBody[]))]
[JsonSerializable(typeof(PublicProfile))]
[JsonSerializable(typeof(ConfigurationError))]
[JsonSerializable(typeof(JsonNode))]
internal sealed partial class ConfigurationJson : JsonSerializerContext;
