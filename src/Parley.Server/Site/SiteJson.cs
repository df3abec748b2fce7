using System.Text.Json.Serialization;

namespace Parley.Server.Site;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DemoBody))]
internal sealed partial class SiteJson : JsonSerializerContext;
