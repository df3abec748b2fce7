namespace Parley.Server.Routing;

/// <summary>What an agent says of himself (protocol 12.1).</summary>
/// <param name="State"><c>ONLINE</c>, <c>OCCUPIED</c>, <c>BACK_SOON</c>, <c>AWAY</c> or <c>OFFLINE</c>.</param>
/// <param name="Description">His words, or empty.</param>
internal sealed record AgentAvailability(string State, string Description)
{
    public static readonly AgentAvailability Offline = new("OFFLINE", "");
    public static readonly AgentAvailability Online = new("ONLINE", "");

    public static bool IsState(string? state) => state is "ONLINE" or "OCCUPIED" or "BACK_SOON" or "AWAY" or "OFFLINE";
}
