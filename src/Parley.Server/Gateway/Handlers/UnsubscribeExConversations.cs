using Parley.Protocol.Codes;
using Parley.Protocol.Requests;

namespace Parley.Server.Gateway.Handlers;

/// <summary>Ends a list subscription (protocol 8.6).</summary>
internal sealed class UnsubscribeExConversations(GatewayServices services) : IRequestHandler
{
    public void Handle(in Request request)
    {
        var body = BodyMembers.Of(request.Envelope.Body);
        var id = body.Required("subscriptionId");
        if (body.Fault is { } fault)
        {
            request.AnswerError(WireCode.BadRequest, fault);
        }
        else if (Array.Find(request.Connection.Lists, list => list.Id == id) is { } subscription)
        {
            request.Connection.Lists = [.. request.Connection.Lists.Where(list => list != subscription)];
            services.Lists.Remove(subscription);
            request.AnswerText(WireCode.Ok, "OK Unsubscribed successfully");
        }
        else
        {
            request.AnswerError(WireCode.NotFound, "Subscription not found");
        }
    }
}
