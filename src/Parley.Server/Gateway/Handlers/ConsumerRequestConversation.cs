using Parley.Conversations.Commands;
using Parley.Journal;
using Parley.Protocol.Codes;
using Parley.Protocol.Envelope;
using Parley.Protocol.Requests;

namespace Parley.Server.Gateway.Handlers;

/// <summary>Opens a conversation of the consumer who asks (protocol 9.1).</summary>
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

        if (!OpenConversationRequest.TryRead(BodyMembers.Of(request.Envelope.Body), out var body, out var error)
            || (error = Openings.Refuse(body, services, principal.AccountId)) is not null)
        {
            request.AnswerError(WireCode.BadRequest, error);
            return;
        }

        var answer = request.Defer();
        try
        {
            var opening = Openings.Of(request, services, body, principal.UserId);
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
}
