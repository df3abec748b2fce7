using System.Security.Cryptography;
using System.Text;
using Parley.Conversations;
using Parley.Conversations.Commands;
using Parley.Conversations.Events;
using Parley.Journal;
using Parley.Protocol.Codes;
using Parley.Protocol.Envelope;
using Parley.Protocol.Requests;
using Parley.Server.Identity;
using Parley.Server.Ownership;

namespace Parley.Server.Gateway;

/// <summary>How conversations begin (protocol 9.1, 9.2).</summary>
internal static class Openings
{
    /// <summary>Opens a conversation as a request says, and answers it. An agent who asks is in charge of the conversation.</summary>
    /// <param name="request">Whoever makes it may open conversations.</param>
    /// <param name="services">Of the handler.</param>
    /// <param name="body">What the request says.</param>
    /// <param name="consumerId">Whose conversation it is; agents open them only for those who had one before.</param>
    /// <param name="opened">Called after the answer with the socket and the conversation's id.</param>
    public static void Open(in Request request, GatewayServices services, OpenConversationRequest body, string consumerId, Action<Connection, string>? opened = null)
    {
        var principal = request.Principal;
        if (Refuse(body, services, principal.AccountId) is { } wrong)
        {
            request.AnswerError(WireCode.BadRequest, wrong);
            return;
        }

        var answer = request.Defer();
        try
        {
            var opening = Of(request, services, body, consumerId);
            if (principal.IsAgent && opening.FirstConversation)
            {
                answer.GiveError(WireCode.NotFound, "Consumer not found");
                return;
            }

            services.Conversations.Execute(
                opening.ConversationId,
                principal.AccountId,
                new OpenConversation(opening, principal.IsAgent ? principal.UserId : null),
                new RequestReply(answer, (a, _) =>
                {
                    a.Give(Answers.Opened(Scratch.Answer, a.RequestId, a.Dialect, opening.ConversationId));
                    opened?.Invoke(a.Connection, opening.ConversationId);
                }));
        }
        catch (JournalUnavailableException)
        {
            answer.GiveUnavailable();
        }
    }

    // The facts of a new conversation. A client-chosen event id gives the conversation's id, so that a repeat finds the
    // conversation that its first attempt opened, however long ago.
    private static ConversationOpened Of(in Request request, GatewayServices services, OpenConversationRequest body, string consumerId)
    {
        var principal = request.Principal;
        var rules = services.Ownership.Rules.Of(principal.AccountId, services.Time.GetUtcNow().ToUnixTimeMilliseconds());
        var isFirst = services.Journal.Query(new ConversationQuery(principal.AccountId) { ConsumerId = consumerId, Limit = 1 }).Count == 0;
        return new ConversationOpened
        {
            ConversationId = body.EventId is { } eventId ? IdFor(principal, eventId) : Guid.CreateVersion7(services.Time.GetUtcNow()).ToString(),
            AccountId = principal.AccountId,
            ConsumerId = consumerId,
            SkillId = body.SkillId,
            Ttr = rules.Promise(WireNames.TtrTypeOf(body.TtrDefName) ?? (isFirst ? TtrType.Prioritized : TtrType.Normal), body.SkillId),
            FirstConversation = isFirst,
            ChannelType = body.ChannelType ?? "MESSAGING",
            Context = body.Context,
            ClientProperties = principal.IsAgent ? null : request.Connection.ClientProperties,
            MultiDialog = !principal.IsAgent && Gateway.ClientProperties.HasFeature(request.Connection.ClientProperties, "MULTI_DIALOG"),
            AutoMessages = !principal.IsAgent && Gateway.ClientProperties.HasFeature(request.Connection.ClientProperties, "AUTO_MESSAGES"),
            CampaignInfo = body.CampaignInfo,
            Metadata = request.Metadata,
            BodyHash = BodyHash.Of(request.Envelope.Body),
        };
    }

    // What is wrong with a body of this account, or null.
    private static string? Refuse(OpenConversationRequest body, GatewayServices services, string accountId) =>
        body.BrandId is { } brand && brand != accountId ? "brandId is not this account"
        : body.SkillId is { } skill && !services.Agents.KnowsSkill(accountId, skill) ? "skillId is not known"
        : body.TtrDefName is { Length: > 0 } ttr && WireNames.TtrTypeOf(ttr) is null ? "ttrDefName must be URGENT, NORMAL, PRIORITIZED or CUSTOM"
        : null;

    // A name-based UUID (RFC 9562, version 8 layout) of account, user and event id: nobody else can reach it.
    private static string IdFor(Principal principal, string eventId)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{principal.AccountId}\n{principal.UserId}\n{eventId}")).AsSpan(0, 16);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash, bigEndian: true).ToString();
    }
}
