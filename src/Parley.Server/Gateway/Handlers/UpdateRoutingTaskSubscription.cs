using Parley.Protocol.Codes;
using Parley.Protocol.Requests;

namespace Parley.Server.Gateway.Handlers;

/// <summary>Renews a subscription to rings (protocol 12.3). There is one channel, so its filter leaves nothing to choose.</summary>
internal sealed class UpdateRoutingTaskSubscription(GatewayServices services) : IRequestHandler
{
    public void Handle(in Request request)
    {
        var body = BodyMembers.Of(request.Envelope.Body);
        var id = body.Required("subscriptionId");
        if (body.Fault is { } fault)
        {
            request.AnswerError(WireCode.BadRequest, fault);
            return;
        }

        var answer = request.Defer();
        services.Routing.Of(request.Principal.AccountId).Renew(request.Connection, id, isKnown =>
        {
            if (isKnown) answer.GiveText(WireCode.Ok, "OK Subscription updated successfully");
            else answer.GiveError(WireCode.NotFound, "Subscription not found");
        });
    }
}
