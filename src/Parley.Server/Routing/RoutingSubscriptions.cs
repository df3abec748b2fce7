namespace Parley.Server.Routing;

/// <summary>What one socket wants to hear of routing. Only its account's router writes and reads it, so that nothing comes twice or late.</summary>
internal sealed class RoutingSubscriptions
{
    /// <summary>Subscriptions to the rings of the socket's agent.</summary>
    public List<string> Tasks { get; } = [];

    /// <summary>Subscriptions to an agent's state, with his public id.</summary>
    public List<(string SubscriptionId, string AgentPid)> States { get; } = [];
}
