using Parley.Journal;
using Parley.Protocol.Codes;
using Parley.Protocol.Envelope;
using Parley.Protocol.Requests;
using Parley.Server.Gateway.Frames;
using Parley.Server.Lists;

namespace Parley.Server.Gateway.Handlers;

/// <summary>Replaces the filter of a list (protocol 8.6): the answer, then what the list gained and lost, then its changes.</summary>
internal sealed class UpdateExConversationSubscription(GatewayServices services) : IRequestHandler
{
    public void Handle(in Request request)
    {
        var body = BodyMembers.Of(request.Envelope.Body);
        var id = body.Required("subscriptionId");
        var filter = ListFilter.Read(body);
        if (body.Fault is { } fault)
        {
            request.AnswerError(WireCode.BadRequest, fault);
        }
        else if (Array.Find(request.Connection.Lists, list => list.Id == id) is { } former)
        {
            var match = new ListMatch(request.Principal, filter, services.Agents, services.Ownership.Presence);
            var answer = ServerFrame.Seal(Answers.Text(Scratch.Answer, request.Envelope.Id, WireCode.Ok, "OK Subscription updated successfully")).ToArray();
            ListSnapshot.Send(request, services, new ListSubscription(request.Connection, id, match, former), answer);
        }
        else
        {
            request.AnswerError(WireCode.NotFound, "Subscription not found");
        }
    }
}
