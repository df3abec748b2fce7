namespace Parley.Protocol;

/// <summary>The type names that travel on the wire (protocol 1.2, 1.3, 7.3).</summary>
public static class TypeNames
{
    public const string StringResponse = ".ReqBody$StringResp";
    public const string ErrorResponse = ".ReqBody$ErrorResp";

    public const string InitConnection = "InitConnection";
    public const string GetClock = "GetClock";
    public const string KeepAlive = "KeepAlive";
    public const string ConsumerRequestConversation = "cm.ConsumerRequestConversation";
    public const string UpdateConversationField = "cm.UpdateConversationField";
    public const string SubscribeExConversations = "cqm.SubscribeExConversations";
    public const string UnsubscribeExConversations = "cqm.UnsubscribeExConversations";
    public const string PublishEvent = "ms.PublishEvent";
    public const string SubscribeMessagingEvents = "ms.SubscribeMessagingEvents";
    public const string QueryMessages = "ms.QueryMessages";
    public const string GetUserProfile = "userprofile.GetUserProfile";
    public const string SetAgentState = "routing.SetAgentState";
    public const string SubscribeAgentsState = "routing.SubscribeAgentsState";
    public const string SubscribeRoutingTasks = "routing.SubscribeRoutingTasks";
    public const string UpdateRingState = "routing.UpdateRingState";

    public const string ExConversationChangeNotification = "cqm.ExConversationChangeNotification";
    public const string MessagingEventNotification = "ms.MessagingEventNotification";
    public const string RoutingTaskNotification = "routing.RoutingTaskNotification";
    public const string AgentStateNotification = "routing.AgentStateNotification";

    public const string ExConversationChangeNotificationV2 = ".ams.aam.ExConversationChangeNotification";
    public const string OnlineEventDistribution = ".ams.ms.OnlineEventDistribution";
    public const string RoutingTaskNotificationV2 = ".ams.routing.RoutingTaskNotification";
    public const string AgentStateNotificationV2 = ".ams.routing.AgentStateNotification";
    public const string RingUpdated = ".ams.routing.RingUpdated";
}
