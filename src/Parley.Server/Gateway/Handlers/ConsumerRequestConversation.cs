using Parley.Protocol.Codes;
using Parley.Protocol.Requests;
using Parley.Server.Ownership;

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

        if (OpenConversationRequest.TryRead(BodyMembers.Of(request.Envelope.Body), out var body, out var error))
            Openings.Open(request, services, body, principal.UserId, services.Settings(principal.AccountId).ImplicitSubscription ? Follow : null);
        else request.AnswerError(WireCode.BadRequest, error);
    }

    // Live from the first message on, which may be the server's own; an explicit subscription takes its place.
    private void Follow(Connection connection, string conversationId)
    {
        var subscription = new MessageSubscription(connection, conversationId, conversationId, 0, isConsumer: true, notifiesEmpty: false, services.Ownership);
        services.Conversations.Attach(conversationId, subscription);
        if (!services.Conversations.Get(conversationId).TryGoLive(subscription)) subscription.Start();
    }
}
