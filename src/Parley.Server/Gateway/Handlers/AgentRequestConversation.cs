using Parley.Conversations.Commands;
using Parley.Journal;
using Parley.Protocol.Codes;
using Parley.Protocol.Envelope;
using Parley.Protocol.Requests;

namespace Parley.Server.Gateway.Handlers;

/// <summary>Opens a conversation with a consumer who had one before; the agent who asks is in charge of it (protocol 9.2).</summary>
internal sealed class AgentRequestConversation(GatewayServices services) : IRequestHandler
{
    public void Handle(in Request request)
    {
        var principal = request.Principal;
        if (!principal.SeesEverything && !services.Settings(principal.AccountId).AgentsOpenConversations)
        {
            request.AnswerError(WireCode.Unauthorized, "Only a manager may open conversations in this account");
            return;
        }

        if (!AgentRequestConversationRequest.TryRead(BodyMembers.Of(request.Envelope.Body), out var body, out var error)
            || (error = Openings.Refuse(body.Opening, services, principal.AccountId)) is not null)
        {
            request.AnswerError(WireCode.BadRequest, error);
            return;
        }

        var answer = request.Defer();
        try
        {
            var opening = Openings.Of(request, services, body.Opening, body.ConsumerId);
            if (opening.FirstConversation)
            {
                answer.GiveError(WireCode.NotFound, "Consumer not found");
                return;
            }

            services.Conversations.Execute(
                opening.ConversationId,
                principal.AccountId,
                new OpenConversation(opening, principal.UserId),
                new RequestReply(answer, (a, _) => a.Give(Answers.Opened(Scratch.Answer, a.RequestId, a.Dialect, opening.ConversationId))));
        }
        catch (JournalUnavailableException)
        {
            answer.GiveUnavailable();
        }
    }
}
