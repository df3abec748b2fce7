using Parley.Conversations.Routing;

namespace Parley.Server.Routing;

/// <summary>What an agent says of himself (protocol 12.1).</summary>
/// <param name="State"><c>ONLINE</c>, <c>OCCUPIED</c>, <c>BACK_SOON</c>, <c>AWAY</c> or <c>OFFLINE</c>.</param>
/// <param name="Description">His words, or empty.</param>
internal sealed record AgentAvailability(string State, string Description)
{
    /// <summary>When he changed to this state, epoch milliseconds; null when that was before the process started, or he never did.</summary>
    public long? Since { get; init; }

    public static readonly AgentAvailability Offline = new("OFFLINE", "");
    public static readonly AgentAvailability Online = new("ONLINE", "");

    /// <summary>What he takes while he is connected.</summary>
    public Readiness Readiness => State switch { "ONLINE" => Readiness.All, "OCCUPIED" => Readiness.Transfers, _ => Readiness.None };

    public static bool IsState(string? state) => state is "ONLINE" or "OCCUPIED" or "BACK_SOON" or "AWAY" or "OFFLINE";
}
