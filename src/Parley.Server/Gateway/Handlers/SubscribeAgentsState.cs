using Parley.Protocol;
using Parley.Protocol.Codes;
using Parley.Protocol.Envelope;
using Parley.Protocol.Requests;

namespace Parley.Server.Gateway.Handlers;

/// <summary>Follows an agent's state (protocol 12.2): the current one at once, then each change.</summary>
internal sealed class SubscribeAgentsState(GatewayServices services) : IRequestHandler
{
    public void Handle(in Request request)
    {
        var principal = request.Principal;
        var body = BodyMembers.Of(request.Envelope.Body);
        var asked = body.Text("agentId");
        if (body.Fault is { } fault)
        {
            request.AnswerError(WireCode.BadRequest, fault);
            return;
        }

        var agent = string.IsNullOrEmpty(asked) ? principal.Agent : services.Agents.Find(principal.AccountId, asked);
        if (agent is null || (agent.Pid != principal.UserId && !principal.SeesEverything))
        {
            request.AnswerError(WireCode.NotFound, "Agent not found");
            return;
        }

        var subscriptionId = Guid.NewGuid().ToString();
        request.Answer(Answers.Subscribed(Scratch.Answer, request.Envelope.Id, request.Dialect, Verb.SubscribeAgentsState, subscriptionId));
        services.Routing.Of(principal.AccountId).FollowState(request.Connection, subscriptionId, agent);
    }
}
