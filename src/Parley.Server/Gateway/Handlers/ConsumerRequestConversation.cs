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

namespace Parley.Server.Gateway.Handlers;

/// <summary>
/// Opens a conversation (protocol 9.1). A client-chosen event id gives the conversation's id, so that a repeat finds the
/// conversation that its first attempt opened, however long ago.
/// </summary>
internal sealed class ConsumerRequestConversation(GatewayServices services) : IRequestHandler
{
    public void Handle(in Request request)
    {
        var principal = request.Principal;
        if (principal.IsAgent)
        {
            request.AnswerError(WireCode.Unauthorized, "Only a consumer can request a conversation for himself");
            return;
        }

        if (!OpenConversationRequest.TryRead(Lenient.Parse(request.Envelope.Body), out var body, out var error))
        {
            request.AnswerError(WireCode.BadRequest, error);
            return;
        }

        if (body.BrandId is { } brand && brand != principal.AccountId)
        {
            request.AnswerError(WireCode.BadRequest, "brandId is not this account");
            return;
        }

        var answer = request.Defer();
        try
        {
            var opening = Opening(request, principal, body);
            services.Conversations.Execute(
                opening.ConversationId,
                principal.AccountId,
                new OpenConversation(opening),
                new RequestReply(answer, (a, _) => a.Give(Answers.Opened(Scratch.Answer, a.RequestId, a.Dialect, opening.ConversationId))));
        }
        catch (JournalUnavailableException)
        {
            answer.GiveUnavailable();
        }
    }

    private ConversationOpened Opening(in Request request, Principal principal, OpenConversationRequest body)
    {
        var settings = services.Settings(principal.AccountId);
        var isFirst = services.Journal.Query(new ConversationQuery(principal.AccountId) { ConsumerId = principal.UserId, Limit = 1 }).Count == 0;
        return new ConversationOpened
        {
            ConversationId = body.EventId is { } eventId ? IdFor(principal, eventId) : Guid.CreateVersion7(services.Time.GetUtcNow()).ToString(),
            AccountId = principal.AccountId,
            ConsumerId = principal.UserId,
            SkillId = body.SkillId,
            Ttr = TtrFor(body.TtrDefName, isFirst, settings),
            FirstConversation = isFirst,
            ChannelType = body.ChannelType ?? "MESSAGING",
            Context = body.Context,
            ClientProperties = request.Connection.ClientProperties,
            CampaignInfo = body.CampaignInfo,
            Metadata = request.Envelope.Metadata.IsEmpty ? null : Encoding.UTF8.GetString(request.Envelope.Metadata),
            BodyHash = BodyHash.Of(request.Envelope.Body),
        };
    }

    private static Ttr TtrFor(string? name, bool isFirst, AccountSettings settings) => name switch
    {
        "URGENT" => new(TtrType.Urgent, settings.TtrUrgentSeconds),
        "PRIORITIZED" => new(TtrType.Prioritized, settings.TtrPrioritizedSeconds),
        "CUSTOM" => new(TtrType.Custom, settings.TtrNormalSeconds),
        "NORMAL" => new(TtrType.Normal, settings.TtrNormalSeconds),
        _ => isFirst ? new(TtrType.Prioritized, settings.TtrPrioritizedSeconds) : new(TtrType.Normal, settings.TtrNormalSeconds),
    };

    // A name-based UUID (RFC 9562, version 8 layout) of account, consumer and event id: nobody else can reach it.
    private static string IdFor(Principal principal, string eventId)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{principal.AccountId}\n{principal.UserId}\n{eventId}")).AsSpan(0, 16);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash, bigEndian: true).ToString();
    }
}
