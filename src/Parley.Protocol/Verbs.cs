using System.Collections.Frozen;
using System.Text;

namespace Parley.Protocol;

/// <summary>
/// The one table of requests: both families of names are accepted on both sockets (protocol 0.3), the response type
/// follows the connection (protocol 7.3).
/// </summary>
public static class Verbs
{
    private static readonly (Verb Verb, string[] Names, string V3Response, string V2Response)[] Table =
    [
        (Verb.InitConnection, [TypeNames.InitConnection], TypeNames.StringResponse, TypeNames.StringResponse),
        (Verb.GetClock, [TypeNames.GetClock, TypeNames.GetClockV2], TypeNames.GetClockResponse, TypeNames.GetClockResponseV2),
        (Verb.KeepAlive, [TypeNames.KeepAlive], TypeNames.StringResponse, TypeNames.StringResponse),
        (Verb.ConsumerRequestConversation, [TypeNames.ConsumerRequestConversation, TypeNames.ConsumerRequestConversationV2],
            TypeNames.RequestConversationResponse, TypeNames.RequestConversationResponseV2),
        (Verb.UpdateConversationField, [TypeNames.UpdateConversationField, TypeNames.UpdateConversationFieldV2],
            TypeNames.StringResponse, TypeNames.StringResponse),
        (Verb.SubscribeExConversations, [TypeNames.SubscribeExConversations, TypeNames.SubscribeExConversationsV2],
            TypeNames.SubscribeExConversationsResponse, TypeNames.SubscribeExConversationsResponseV2),
        (Verb.UnsubscribeExConversations, [TypeNames.UnsubscribeExConversations, TypeNames.UnsubscribeExConversationsV2],
            TypeNames.StringResponse, TypeNames.StringResponse),
        (Verb.PublishEvent, [TypeNames.PublishEvent, TypeNames.PublishEventV2], TypeNames.PublishEventResponse, TypeNames.PublishEventResponseV2),
        (Verb.SubscribeMessagingEvents, [TypeNames.SubscribeMessagingEvents, TypeNames.SubscribeMessagingEventsV2],
            TypeNames.SubscribeResponse, TypeNames.SubscribeResponseV2),
        (Verb.QueryMessages, [TypeNames.QueryMessages, TypeNames.QueryMessagesV2], TypeNames.QueryMessagesResponse, TypeNames.QueryMessagesResponse),
        (Verb.GenerateUrlForUploadFile, [TypeNames.GenerateUrlForUploadFile, TypeNames.GenerateUrlForUploadFileV2],
            TypeNames.GenerateUrlResponse, TypeNames.GenerateUrlResponse),
        (Verb.GenerateUrlForDownloadFile, [TypeNames.GenerateUrlForDownloadFile, TypeNames.GenerateUrlForDownloadFileV2],
            TypeNames.GenerateUrlResponse, TypeNames.GenerateUrlResponse),
        (Verb.GenerateUploadToken, [TypeNames.GenerateUploadToken, TypeNames.GenerateUploadTokenV2], TypeNames.UploadTokenResponse, TypeNames.UploadTokenResponse),
        (Verb.GetUserProfile, [TypeNames.GetUserProfile, TypeNames.GetUserProfileV2, TypeNames.GetUserProfileAsArray],
            TypeNames.GetUserProfileResponse, TypeNames.GetUserProfileResponseV2),
        (Verb.SetUserProfile, [TypeNames.SetUserProfile, TypeNames.SetUserProfileV2], TypeNames.StringResponse, TypeNames.StringResponse),
        (Verb.UpdateExConversationSubscription, [TypeNames.UpdateExConversationSubscription, TypeNames.UpdateExConversationSubscriptionV2],
            TypeNames.StringResponse, TypeNames.StringResponse),
        (Verb.AgentRequestConversation, [TypeNames.AgentRequestConversation, TypeNames.AgentRequestConversationV2],
            TypeNames.RequestConversationResponse, TypeNames.RequestConversationResponseV2),
        (Verb.GenerateDownloadToken, [TypeNames.GenerateDownloadToken, TypeNames.GenerateDownloadTokenV2], TypeNames.DownloadTokenResponse, TypeNames.DownloadTokenResponse),
        (Verb.GetBrandProfile, [TypeNames.GetBrandProfile, TypeNames.GetBrandProfileV2], TypeNames.GetBrandProfileResponse, TypeNames.GetBrandProfileResponse),
        (Verb.SetAgentState, [TypeNames.SetAgentState, TypeNames.SetAgentStateV2], TypeNames.StringResponse, TypeNames.StringResponse),
        (Verb.SubscribeAgentsState, [TypeNames.SubscribeAgentsState, TypeNames.SubscribeAgentsStateV2],
            TypeNames.SubscribeResponse, TypeNames.SubscribeResponseV2),
        (Verb.SubscribeRoutingTasks, [TypeNames.SubscribeRoutingTasks, TypeNames.SubscribeRoutingTasksV2],
            TypeNames.SubscribeResponse, TypeNames.SubscribeResponseV2),
        (Verb.UpdateRoutingTaskSubscription, [TypeNames.UpdateRoutingTaskSubscription, TypeNames.UpdateRoutingTaskSubscriptionV2],
            TypeNames.StringResponse, TypeNames.StringResponse),
        (Verb.UpdateRingState, [TypeNames.UpdateRingState, TypeNames.UpdateRingStateV2], TypeNames.StringResponse, TypeNames.StringResponse),
    ];

    private static readonly FrozenDictionary<string, Verb> ByName =
        Table.SelectMany(row => row.Names.Select(name => (name, row.Verb))).ToFrozenDictionary(x => x.name, x => x.Verb, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Verb>.AlternateLookup<ReadOnlySpan<char>> ByNameSpan = ByName.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The longest known name; longer ones need not be looked at.</summary>
    private static readonly int LongestName = ByName.Keys.Max(n => n.Length);

    /// <summary>Every request name of both families with its verb.</summary>
    public static IReadOnlyDictionary<string, Verb> All => ByName;

    /// <summary>Finds the verb a type name stands for, without allocating.</summary>
    public static bool TryFind(ReadOnlySpan<byte> typeName, out Verb verb)
    {
        verb = default;
        if (typeName.Length > LongestName) return false;
        Span<char> name = stackalloc char[typeName.Length];
        return Encoding.UTF8.TryGetChars(typeName, name, out var written) && ByNameSpan.TryGetValue(name[..written], out verb);
    }

    /// <summary>The type of a successful answer on a connection of this dialect.</summary>
    public static string ResponseType(Verb verb, Dialect dialect) =>
        dialect == Dialect.V3 ? Table[(int)verb].V3Response : Table[(int)verb].V2Response;
}
