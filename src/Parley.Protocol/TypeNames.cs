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
    public const string GenerateUrlForUploadFile = "ms.GenerateURLForUploadFile";
    public const string GenerateUrlForDownloadFile = "ms.GenerateURLForDownloadFile";
    public const string GenerateUploadToken = "ms.GenerateUploadToken";
    public const string GenerateDownloadToken = "ms.token.GenerateDownloadToken";
    public const string AgentRequestConversation = "cm.AgentRequestConversation";
    public const string UpdateExConversationSubscription = "cqm.UpdateExConversationSubscription";
    public const string UpdateRoutingTaskSubscription = "routing.UpdateRoutingTaskSubscription";
    public const string GetBrandProfile = "brandprofile.GetBrandProfile";
    public const string SetUserProfile = "userprofile.SetUserProfile";
    public const string GetUserProfile = "userprofile.GetUserProfile";
    public const string SetAgentState = "routing.SetAgentState";
    public const string SubscribeAgentsState = "routing.SubscribeAgentsState";
    public const string SubscribeRoutingTasks = "routing.SubscribeRoutingTasks";
    public const string UpdateRingState = "routing.UpdateRingState";

    public const string GetClockV2 = ".GetClock";
    public const string ConsumerRequestConversationV2 = ".ams.cm.ConsumerRequestConversation";
    public const string UpdateConversationFieldV2 = ".ams.cm.UpdateConversationField";
    public const string SubscribeExConversationsV2 = ".ams.aam.SubscribeExConversations";
    public const string UnsubscribeExConversationsV2 = ".ams.aam.UnsubscribeExConversations";
    public const string PublishEventV2 = ".ams.ms.PublishEvent";
    public const string SubscribeMessagingEventsV2 = ".ams.ms.SubscribeMessagingEvents";
    public const string QueryMessagesV2 = ".ams.ms.QueryMessages";
    public const string GenerateUrlForUploadFileV2 = ".ams.ms.GenerateURLForUploadFile";
    public const string GenerateUrlForDownloadFileV2 = ".ams.ms.GenerateURLForDownloadFile";
    public const string GenerateUploadTokenV2 = ".ams.ms.token.GenerateUploadToken";
    public const string GenerateDownloadTokenV2 = ".ams.ms.token.GenerateDownloadToken";
    public const string AgentRequestConversationV2 = ".ams.cm.AgentRequestConversation";
    public const string UpdateExConversationSubscriptionV2 = ".ams.aam.UpdateExConversationSubscription";
    public const string UpdateRoutingTaskSubscriptionV2 = ".ams.routing.UpdateRoutingTaskSubscription";
    public const string GetBrandProfileV2 = ".ams.brandprofile.GetBrandProfile";
    public const string SetUserProfileV2 = ".ams.userprofile.SetUserProfile";
    public const string GetUserProfileV2 = ".ams.userprofile.GetUserProfile";
    public const string GetUserProfileAsArray = "up.GetUserProfile";
    public const string SetAgentStateV2 = ".ams.routing.SetAgentState";
    public const string SubscribeAgentsStateV2 = ".ams.routing.SubscribeAgentsState";
    public const string SubscribeRoutingTasksV2 = ".ams.routing.SubscribeRoutingTasks";
    public const string UpdateRingStateV2 = ".ams.routing.UpdateRingState";

    public const string GetClockResponse = "GetClockResponse";
    public const string GetClockResponseV2 = ".GetClock$Response";
    public const string RequestConversationResponse = "cm.RequestConversationResponse";
    public const string RequestConversationResponseV2 = ".ams.cm.RequestConversation$Response";
    public const string SubscribeExConversationsResponse = "cqm.SubscribeExConversationsResponse";
    public const string SubscribeExConversationsResponseV2 = ".ams.aam.SubscribeExConversations$Response";
    public const string PublishEventResponse = "ms.PublishEventResponse";
    public const string PublishEventResponseV2 = ".ams.ms.PublishEvent$Response";
    public const string SubscribeResponse = ".ams.GenericSubscribeResponse";
    public const string SubscribeResponseV2 = ".ams.GenericSubscribe$Response";
    public const string QueryMessagesResponse = ".ams.ms.QueryMessages$Response";
    public const string GenerateUrlResponse = "ms.GenerateURLResponse";
    public const string UploadTokenResponse = "ms.UploadTokenResponse";
    public const string DownloadTokenResponse = "ms.DownloadTokenResponse";
    public const string GetBrandProfileResponse = ".ams.brandprofile.GetBrandProfile$Response";
    public const string GetUserProfileResponse = "userprofile.GetUserProfileResponse";
    public const string GetUserProfileResponseV2 = ".ams.userprofile.GetUserProfile$Response";
    public const string GetUserProfileAsArrayResponse = "up.GetUserProfile$Response";

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
