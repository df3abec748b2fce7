using Parley.Conversations.Commands;
using Parley.Protocol.Codes;
using Parley.Protocol.Requests;
using Parley.Server.Ownership;

namespace Parley.Server.Gateway.Handlers;

/// <summary>Closes a conversation (protocol 9.3, 15.3).</summary>
internal sealed class UpdateConversationField(GatewayServices services) : IRequestHandler
{
    public void Handle(in Request request)
    {
        if (!CloseRequest.TryRead(Lenient.Parse(request.Envelope.Body), out var body, out var error))
        {
            request.AnswerError(WireCode.BadRequest, error);
            return;
        }

        var command = new CloseConversation(request.Principal.Actor, body.Cause) { EventId = body.EventId, BodyHash = BodyHash.Of(request.Envelope.Body) };
        services.Conversations.Execute(
            body.ConversationId,
            request.Principal.AccountId,
            command,
            new RequestReply(request.Defer(), (answer, _) => answer.GiveText(WireCode.Ok, "OK Conversation resolved successfully")));
    }
}
