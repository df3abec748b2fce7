using Parley.Conversations.Commands;
using Parley.Protocol.Codes;
using Parley.Protocol.Requests;

namespace Parley.Server.Gateway.Handlers;

/// <summary>An agent accepts or rejects a ring (protocol 12.5). The 202 leaves when the result is stored; the UPSERT follows it.</summary>
internal sealed class UpdateRingState(GatewayServices services) : IRequestHandler
{
    public void Handle(in Request request)
    {
        var body = BodyMembers.Of(request.Envelope.Body);
        var ringId = body.Required("ringId");
        var state = body.Text("ringState");
        if (state is not ("ACCEPTED" or "REJECTED")) body.Refuse("ringState", "must be ACCEPTED or REJECTED");
        if (body.Fault is { } fault)
        {
            request.AnswerError(WireCode.BadRequest, fault);
            return;
        }

        services.Conversations.Execute(
            ConversationOf(ringId),
            request.Principal.AccountId,
            new AnswerRing(request.Principal.Actor, ringId, Accept: state == "ACCEPTED"),
            new RequestReply(request.Defer(), (answer, _) => answer.GiveText(WireCode.Accepted, "Ring state updated successfully")));
    }

    // A ring's id starts with its conversation's, which has no underscore (see AccountRouter).
    private static string ConversationOf(string ringId) => ringId.IndexOf('_') is var end and > 0 ? ringId[..end] : ringId;
}
