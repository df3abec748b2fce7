using System.Collections.Frozen;
using System.Text;

namespace Parley.Protocol;

/// <summary>
/// The one table of requests: both families of names are accepted on both sockets (protocol 0.3), the response type
/// follows the connection (protocol 7.3).
/// </summary>
public static class Verbs
{
    /// <summary>The table, in the order of <see cref="Verb"/>.</summary>
    public static IReadOnlyList<VerbRow> Rows { get; } =
    [
        new(Verb.InitConnection, [TypeNames.InitConnection], TypeNames.StringResponse, TypeNames.StringResponse,
            IsForAgents: false, "Gives a socket its identity and the client's properties"),
        new(Verb.GetClock, [TypeNames.GetClock, TypeNames.GetClockV2], TypeNames.GetClockResponse, TypeNames.GetClockResponseV2,
            IsForAgents: false, "The server's time"),
        new(Verb.KeepAlive, [TypeNames.KeepAlive], TypeNames.StringResponse, TypeNames.StringResponse,
            IsForAgents: false, "Keeps an idle socket open"),
        new(Verb.ConsumerRequestConversation, [TypeNames.ConsumerRequestConversation, TypeNames.ConsumerRequestConversationV2], TypeNames.RequestConversationResponse, TypeNames.RequestConversationResponseV2,
            IsForAgents: false, "Opens a conversation of the consumer who asks"),
        new(Verb.UpdateConversationField, [TypeNames.UpdateConversationField, TypeNames.UpdateConversationFieldV2], TypeNames.StringResponse, TypeNames.StringResponse,
            IsForAgents: false, "Changes a conversation: participants, dialogs, skill, promise, rating, notes, its end"),
        new(Verb.SubscribeExConversations, [TypeNames.SubscribeExConversations, TypeNames.SubscribeExConversationsV2], TypeNames.SubscribeExConversationsResponse, TypeNames.SubscribeExConversationsResponseV2,
            IsForAgents: false, "Follows a list of conversations: all that match at once, then every change"),
        new(Verb.UnsubscribeExConversations, [TypeNames.UnsubscribeExConversations, TypeNames.UnsubscribeExConversationsV2], TypeNames.StringResponse, TypeNames.StringResponse,
            IsForAgents: false, "Ends a list"),
        new(Verb.PublishEvent, [TypeNames.PublishEvent, TypeNames.PublishEventV2], TypeNames.PublishEventResponse, TypeNames.PublishEventResponseV2,
            IsForAgents: false, "Publishes text, a file, rich content, a receipt or a chat state to a dialog"),
        new(Verb.SubscribeMessagingEvents, [TypeNames.SubscribeMessagingEvents, TypeNames.SubscribeMessagingEventsV2], TypeNames.SubscribeResponse, TypeNames.SubscribeResponseV2,
            IsForAgents: false, "Follows a dialog: its stored events from a number on, then live ones"),
        new(Verb.QueryMessages, [TypeNames.QueryMessages, TypeNames.QueryMessagesV2], TypeNames.QueryMessagesResponse, TypeNames.QueryMessagesResponse,
            IsForAgents: false, "Reads stored events of a dialog"),
        new(Verb.GenerateUrlForUploadFile, [TypeNames.GenerateUrlForUploadFile, TypeNames.GenerateUrlForUploadFileV2], TypeNames.GenerateUrlResponse, TypeNames.GenerateUrlResponse,
            IsForAgents: false, "A signed address to upload a file to"),
        new(Verb.GenerateUrlForDownloadFile, [TypeNames.GenerateUrlForDownloadFile, TypeNames.GenerateUrlForDownloadFileV2], TypeNames.GenerateUrlResponse, TypeNames.GenerateUrlResponse,
            IsForAgents: false, "A signed address to read a shared file from"),
        new(Verb.GenerateUploadToken, [TypeNames.GenerateUploadToken, TypeNames.GenerateUploadTokenV2], TypeNames.UploadTokenResponse, TypeNames.UploadTokenResponse,
            IsForAgents: false, "Keys for filling in a secure form"),
        new(Verb.GetUserProfile, [TypeNames.GetUserProfile, TypeNames.GetUserProfileV2, TypeNames.GetUserProfileAsArray], TypeNames.GetUserProfileResponse, TypeNames.GetUserProfileResponseV2,
            IsForAgents: false, "One's own profile; for agents also a consumer's"),
        new(Verb.SetUserProfile, [TypeNames.SetUserProfile, TypeNames.SetUserProfileV2], TypeNames.StringResponse, TypeNames.StringResponse,
            IsForAgents: false, "Writes the consumer's own profile"),
        new(Verb.UpdateExConversationSubscription, [TypeNames.UpdateExConversationSubscription, TypeNames.UpdateExConversationSubscriptionV2], TypeNames.StringResponse, TypeNames.StringResponse,
            IsForAgents: false, "Replaces the filter of a list"),
        new(Verb.AgentRequestConversation, [TypeNames.AgentRequestConversation, TypeNames.AgentRequestConversationV2], TypeNames.RequestConversationResponse, TypeNames.RequestConversationResponseV2,
            IsForAgents: true, "Opens a conversation with a known consumer"),
        new(Verb.GenerateDownloadToken, [TypeNames.GenerateDownloadToken, TypeNames.GenerateDownloadTokenV2], TypeNames.DownloadTokenResponse, TypeNames.DownloadTokenResponse,
            IsForAgents: true, "A key for reading a filled form"),
        new(Verb.GetBrandProfile, [TypeNames.GetBrandProfile, TypeNames.GetBrandProfileV2], TypeNames.GetBrandProfileResponse, TypeNames.GetBrandProfileResponse,
            IsForAgents: true, "What the account shows of itself"),
        new(Verb.SetAgentState, [TypeNames.SetAgentState, TypeNames.SetAgentStateV2], TypeNames.StringResponse, TypeNames.StringResponse,
            IsForAgents: true, "Says whether the agent takes work"),
        new(Verb.SubscribeAgentsState, [TypeNames.SubscribeAgentsState, TypeNames.SubscribeAgentsStateV2], TypeNames.SubscribeResponse, TypeNames.SubscribeResponseV2,
            IsForAgents: true, "Follows an agent's state"),
        new(Verb.SubscribeRoutingTasks, [TypeNames.SubscribeRoutingTasks, TypeNames.SubscribeRoutingTasksV2], TypeNames.SubscribeResponse, TypeNames.SubscribeResponseV2,
            IsForAgents: true, "Follows the rings of the agent"),
        new(Verb.UpdateRoutingTaskSubscription, [TypeNames.UpdateRoutingTaskSubscription, TypeNames.UpdateRoutingTaskSubscriptionV2], TypeNames.StringResponse, TypeNames.StringResponse,
            IsForAgents: true, "Renews a subscription to rings"),
        new(Verb.UpdateRingState, [TypeNames.UpdateRingState, TypeNames.UpdateRingStateV2], TypeNames.StringResponse, TypeNames.StringResponse,
            IsForAgents: true, "Accepts or rejects a ring"),
    ];

    private static readonly FrozenDictionary<string, Verb> ByName =
        Rows.SelectMany(row => row.Names.Select(name => (name, row.Verb))).ToFrozenDictionary(x => x.name, x => x.Verb, StringComparer.Ordinal);

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
        dialect == Dialect.V3 ? Rows[(int)verb].V3Response : Rows[(int)verb].V2Response;

    /// <summary>Whether only agents may ask it.</summary>
    public static bool IsForAgents(Verb verb) => Rows[(int)verb].IsForAgents;
}
