using Parley.Protocol;
using Parley.Protocol.Codes;
using Parley.Protocol.Envelope;
using Parley.Protocol.Requests;

namespace Parley.Server.Gateway.Handlers;

/// <summary>Follows the rings of the socket's agent (protocol 12.3): those that wait at once, then each change.</summary>
internal sealed class SubscribeRoutingTasks(GatewayServices services) : IRequestHandler
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

        if (!string.IsNullOrEmpty(asked) && services.Agents.Find(principal.AccountId, asked)?.Pid != principal.UserId)
        {
            request.AnswerError(WireCode.Forbidden, "agentId is not the agent of this socket");
            return;
        }

        var subscriptionId = Guid.NewGuid().ToString();
        request.Answer(Answers.Subscribed(Scratch.Answer, request.Envelope.Id, request.Dialect, Verb.SubscribeRoutingTasks, subscriptionId));
        services.Routing.Of(principal.AccountId).FollowRings(request.Connection, subscriptionId, principal.UserId);
    }
}
