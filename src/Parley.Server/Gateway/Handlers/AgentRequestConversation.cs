using Parley.Protocol.Codes;
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

        if (AgentRequestConversationRequest.TryRead(BodyMembers.Of(request.Envelope.Body), out var body, out var error))
            Openings.Open(request, services, body.Opening, body.ConsumerId);
        else request.AnswerError(WireCode.BadRequest, error);
    }
}
