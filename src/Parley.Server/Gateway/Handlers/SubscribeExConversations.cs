using Parley.Protocol;
using Parley.Protocol.Codes;
using Parley.Protocol.Envelope;
using Parley.Protocol.Requests;
using Parley.Server.Gateway.Frames;
using Parley.Server.Lists;

namespace Parley.Server.Gateway.Handlers;

/// <summary>Subscribes to a conversation list (protocol 8): the answer, then the whole list at once, then its changes.</summary>
internal sealed class SubscribeExConversations(GatewayServices services) : IRequestHandler
{
    public void Handle(in Request request)
    {
        var body = BodyMembers.Of(request.Envelope.Body);
        var filter = ListFilter.Read(body);
        if (body.Fault is { } fault)
        {
            request.AnswerError(WireCode.BadRequest, fault);
            return;
        }

        var match = new ListMatch(request.Principal, filter, services.Agents, services.Ownership.Presence);
        var subscription = new ListSubscription(request.Connection, Guid.NewGuid().ToString(), match);
        var answer = ServerFrame.Seal(
            Answers.Subscribed(Scratch.Answer, request.Envelope.Id, request.Dialect, Verb.SubscribeExConversations, subscription.Id)).ToArray();
        ListSnapshot.Send(request, services, subscription, answer);
    }
}
