using System.Text.Json.Serialization;

namespace Parley.Server.Discovery;

/// <summary>The body of the <c>.lpCsds</c> form (protocol 3.2).</summary>
internal sealed record LegacyServiceAddress([property: JsonPropertyName("ResultSet")] LegacyServiceAddress.Results ResultSet)
{
    public static LegacyServiceAddress Of(string server) => new(new Results([new Entry(server)]));

    public sealed record Results([property: JsonPropertyName("lpData")] IReadOnlyList<Entry> LpData);

    public sealed record Entry([property: JsonPropertyName("lpServer")] string LpServer);
}
