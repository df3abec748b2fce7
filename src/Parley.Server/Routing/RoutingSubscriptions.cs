namespace Parley.Server.Routing;

/// <summary>What one socket wants to hear of routing; copied on write, read while delivering.</summary>
internal sealed class RoutingSubscriptions
{
    /// <summary>Subscriptions to the rings of the socket's agent.</summary>
    public IReadOnlyList<string> Tasks { get; private set; } = [];

    /// <summary>Subscriptions to an agent's state, with his public id.</summary>
    public IReadOnlyList<(string SubscriptionId, string AgentPid)> States { get; private set; } = [];

    // Written by the socket's reading loop alone.
    public void AddTasks(string subscriptionId) => Tasks = [.. Tasks, subscriptionId];

    public void AddState(string subscriptionId, string agentPid) => States = [.. States, (subscriptionId, agentPid)];
}
