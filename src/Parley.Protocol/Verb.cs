namespace Parley.Protocol;

/// <summary>What a request asks for, whatever family its name is of.</summary>
public enum Verb : byte
{
    InitConnection,
    GetClock,
    KeepAlive,
    ConsumerRequestConversation,
    UpdateConversationField,
    SubscribeExConversations,
    UnsubscribeExConversations,
    PublishEvent,
    SubscribeMessagingEvents,
    QueryMessages,
    GenerateUrlForUploadFile,
    GenerateUrlForDownloadFile,
    GenerateUploadToken,
    GetUserProfile,
    SetUserProfile,
    UpdateExConversationSubscription,
    AgentRequestConversation,
    GenerateDownloadToken,
    GetBrandProfile,
    SetAgentState,
    SubscribeAgentsState,
    SubscribeRoutingTasks,
    UpdateRoutingTaskSubscription,
    UpdateRingState,
}
