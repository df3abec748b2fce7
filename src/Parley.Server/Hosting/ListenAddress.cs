using System.Net;

namespace Parley.Server.Hosting;

/// <summary>Where a listener is.</summary>
/// <param name="Address">Of a local interface, or "any".</param>
/// <param name="Port">0 asks for a free one.</param>
public sealed record ListenAddress(IPAddress Address, int Port)
{
    /// <summary>A host name by which this machine reaches the listener.</summary>
    public string Host =>
        Address.Equals(IPAddress.Any) || Address.Equals(IPAddress.IPv6Any) ? "localhost"
        : Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{Address}]"
        : Address.ToString();

    /// <exception cref="FormatException">Not <c>ADDRESS:PORT</c>.</exception>
    public static ListenAddress Parse(string text)
    {
        var numeric = text.StartsWith("localhost:", StringComparison.Ordinal) ? $"127.0.0.1{text["localhost".Length..]}"
            : text.StartsWith("*:", StringComparison.Ordinal) ? $"0.0.0.0{text[1..]}"
            : text;
        return numeric.Contains(':') && IPEndPoint.TryParse(numeric, out var endpoint)
            ? new ListenAddress(endpoint.Address, endpoint.Port)
            : throw new FormatException($"'{text}' is not ADDRESS:PORT.");
    }

    /// <summary><c>host:port</c>.</summary>
    public override string ToString() => $"{Host}:{Port}";
}
