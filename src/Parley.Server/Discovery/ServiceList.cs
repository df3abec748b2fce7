using System.Text.Json.Serialization;

namespace Parley.Server.Discovery;

/// <summary>All services of an account, each once (protocol 3.2).</summary>
internal sealed record ServiceList([property: JsonPropertyName("baseURIs")] IReadOnlyList<ServiceEntry> BaseURIs);
