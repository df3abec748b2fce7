using Parley.Conversations;
using Parley.Conversations.Changes;
using Parley.Conversations.Commands;
using Parley.Protocol.Codes;
using Parley.Protocol.Requests;
using Parley.Server.Gateway.Fields;

namespace Parley.Server.Gateway.Handlers;

/// <summary>Changes a conversation's fields: all that the request names, or none (protocol 9.3).</summary>
internal sealed class UpdateConversationField(GatewayServices services) : IRequestHandler
{
    public void Handle(in Request request)
    {
        if (!UpdateConversationFieldRequest.TryRead(Lenient.Parse(request.Envelope.Body), out var body, out var error))
        {
            request.AnswerError(WireCode.BadRequest, error);
            return;
        }

        var principal = request.Principal;
        var reader = new FieldReader(services, principal, body.ConversationId);
        foreach (var field in body.Fields)
        {
            if (reader.Read(field) is not { } wrong) continue;
            request.AnswerError(WireCode.BadRequest, wrong);
            return;
        }

        var changes = reader.Changes;
        var command = new ChangeConversation(principal.Actor with { IsManager = principal.SeesEverything }, changes)
        {
            EventId = body.EventId,
            BodyHash = BodyHash.Of(request.Envelope.Body),
            Metadata = request.Metadata,
            Surveys = services.Surveys.Of(principal.AccountId),
        };
        services.Conversations.Execute(
            body.ConversationId,
            principal.AccountId,
            command,
            new RequestReply(request.Defer(), (answer, decision) =>
            {
                answer.GiveText(WireCode.Ok, Text(changes[0]));
                if (reader.SteppedUp is not { } consumer) return;
                services.Identify(answer.Connection, consumer);
                _ = StepUps.FollowAsync(services, principal.AccountId, principal.UserId, consumer.ConsumerId);
            }));
    }

    private static string Text(FieldChange change) => change switch
    {
        ChangeParticipant { Kind: ParticipantChange.Add } => "OK Agent added successfully",
        ChangeParticipant { Kind: ParticipantChange.Remove } => "OK Agent removed successfully",
        ChangeParticipant { Kind: ParticipantChange.Suggest } => "OK Agent suggested successfully",
        CloseEverything or CloseDialog => "OK Conversation resolved successfully",
        CreateDialog => "OK Add dialog success",
        _ => "OK Conversation updated successfully",
    };
}
