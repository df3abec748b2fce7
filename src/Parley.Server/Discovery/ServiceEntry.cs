namespace Parley.Server.Discovery;

/// <summary>Where a service is (protocol 3.2).</summary>
/// <param name="BaseURI"><c>host[:port]</c> without scheme.</param>
internal sealed record ServiceEntry(string Service, string Account, [property: System.Text.Json.Serialization.JsonPropertyName("baseURI")] string BaseURI);
