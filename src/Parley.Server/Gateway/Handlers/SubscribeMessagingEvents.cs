using Parley.Conversations;
using Parley.Protocol;
using Parley.Protocol.Codes;
using Parley.Protocol.Envelope;
using Parley.Protocol.Requests;
using Parley.Server.Ownership;

namespace Parley.Server.Gateway.Handlers;

/// <summary>Replays a dialog from a number and then follows it live (protocol 10.6).</summary>
internal sealed class SubscribeMessagingEvents(GatewayServices services) : IRequestHandler
{
    public void Handle(in Request request)
    {
        if (!SubscribeMessagingEventsRequest.TryRead(BodyMembers.Of(request.Envelope.Body), out var body, out var error))
        {
            request.AnswerError(WireCode.BadRequest, error);
            return;
        }

        var dialogs = request.Connection.Dialogs;
        if (dialogs.Count >= services.Limits.Dialogs && !dialogs.Contains(body.DialogId))
        {
            request.AnswerError(WireCode.BadRequest, "Too many subscriptions on this socket");
            return;
        }

        dialogs.Add(body.DialogId);
        var principal = request.Principal;
        var answer = request.Defer();
        var conversationId = DialogIds.ConversationOf(body.DialogId);
        var subscription = new MessageSubscription(
            request.Connection, conversationId, body.DialogId, body.FromSequence,
            !principal.IsAgent, services.Settings(principal.AccountId).NotifyEmptyReplay, services.Ownership);
        services.Conversations.Look(
            conversationId, principal.AccountId,
            state =>
            {
                if (Visibility.Refuse(state, principal, body.DialogId, services.Ownership.Presence) is { } refusal) return () => answer.Refuse(refusal);
                return () =>
                {
                    services.Conversations.Attach(conversationId, subscription);
                    answer.Give(Answers.Subscribed(Scratch.Answer, answer.RequestId, answer.Dialect, Verb.SubscribeMessagingEvents, null));
                    subscription.Start();
                };
            },
            answer.GiveUnavailable);
    }
}
