namespace Parley.Cluster.Tests.Serving;

/// <summary>Where a node runs.</summary>
/// <param name="Address">Its own, for clients and other nodes.</param>
/// <param name="Enter">The beginning of a command line that runs something there.</param>
internal sealed record NodePlace(string Address, IReadOnlyList<string> Enter)
{
    public static NodePlace Loopback { get; } = new("127.0.0.1", []);
}
