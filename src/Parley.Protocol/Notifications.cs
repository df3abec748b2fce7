namespace Parley.Protocol;

/// <summary>The one table of notifications (protocol 1.3).</summary>
public static class Notifications
{
    /// <summary>The table.</summary>
    public static IReadOnlyList<NotificationRow> Rows { get; } =
    [
        new(TypeNames.ExConversationChangeNotification, TypeNames.ExConversationChangeNotificationV2, IsForAgents: false,
            "Conversations that came into a list, changed in it or left it"),
        new(TypeNames.MessagingEventNotification, TypeNames.OnlineEventDistribution, IsForAgents: false,
            "One event of a dialog; agents who take part get it without a subscription"),
        new(TypeNames.RoutingTaskNotification, TypeNames.RoutingTaskNotificationV2, IsForAgents: true, "A ring for the agent, or what became of it"),
        new(TypeNames.AgentStateNotification, TypeNames.AgentStateNotificationV2, IsForAgents: true, "An agent's state"),
        new(null, TypeNames.RingUpdated, IsForAgents: true, "A ring once more, for old bots"),
    ];
}
