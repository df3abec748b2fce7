using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Server.Admin.Api;

/// <summary>Writes and reads the members of an enumeration by name, in camel case.</summary>
internal sealed class NamedInJson<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
