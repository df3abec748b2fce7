using Parley.Conversations.Commands;
using Parley.Journal;
using Parley.Protocol.Codes;
using Parley.Protocol.Envelope;
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
                new RequestReply(answer, (a, _) =>
                {
                    a.Give(Answers.Opened(Scratch.Answer, a.RequestId, a.Dialect, opening.ConversationId));
                    if (services.Settings(opening.AccountId).ImplicitSubscription) Follow(a.Connection, opening.ConversationId);
                }));
        }
        catch (JournalUnavailableException)
        {
            answer.GiveUnavailable();
        }
    }

    // Live from the first message on, and nothing before it; an explicit subscription takes its place.
    private void Follow(Connection connection, string conversationId)
    {
        var subscription = new MessageSubscription(connection, conversationId, conversationId, 0, isConsumer: true, notifiesEmpty: false, services.Ownership);
        var live = services.Conversations.Get(conversationId);
        lock (live.Gate)
        {
            live.Attach(subscription);
            live.TryGoLive(subscription);
        }
    }
}
