using Parley.Protocol.Codes;
using Parley.Protocol.Requests;

namespace Parley.Server.Gateway.Handlers;

/// <summary>Ends a list subscription (protocol 8.6).</summary>
internal sealed class UnsubscribeExConversations(GatewayServices services) : IRequestHandler
{
    public void Handle(in Request request)
    {
        var id = Lenient.Parse(request.Envelope.Body).Member("subscriptionId").Text();
        if (string.IsNullOrEmpty(id))
        {
            request.AnswerError(WireCode.BadRequest, "subscriptionId is missing");
        }
        else if (request.Connection.Lists.Remove(id, out var subscription))
        {
            services.Lists.Remove(subscription);
            request.AnswerText(WireCode.Ok, "OK Unsubscribed successfully");
        }
        else
        {
            request.AnswerError(WireCode.NotFound, "Subscription not found");
        }
    }
}
