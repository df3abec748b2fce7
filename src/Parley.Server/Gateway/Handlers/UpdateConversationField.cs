using Parley.Conversations;
using Parley.Conversations.Changes;
using Parley.Conversations.Commands;
using Parley.Protocol.Codes;
using Parley.Protocol.Requests;
using Parley.Server.Gateway.Fields;
using Parley.Server.Identity;

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

        var (principal, conversationId) = (request.Principal, body.ConversationId);
        var reader = new FieldReader(services, principal, conversationId);
        foreach (var field in body.Fields)
        {
            if (reader.Read(field) is not { } wrong) continue;
            request.AnswerError(WireCode.BadRequest, wrong);
            return;
        }

        var command = new ChangeConversation(principal.Actor with { IsManager = principal.SeesEverything }, reader.Changes)
        {
            EventId = body.EventId,
            BodyHash = BodyHash.Of(request.Envelope.Body),
            Metadata = request.Metadata,
            Surveys = services.Surveys.Of(principal.AccountId),
        };
        if (reader.StepUpToken is { } token) _ = request.Defer().GiveLaterAsync(services.Log, request.Verb, answer => StepUpAsync(answer, principal, conversationId, command, reader, token));
        else Execute(request.Defer(), principal, conversationId, command, reader);
    }

    private async Task StepUpAsync(PendingAnswer answer, Principal principal, string conversationId, ChangeConversation command, FieldReader reader, string token)
    {
        var judging = services.Tokens.ValidateAsync(answer.Connection.AccountId, token);
        if (judging.IsCompletedSuccessfully)
        {
            Go(judging.Result);
            return;
        }

        answer.Connection.Pause(); // what he sends next is decided after it
        try
        {
            Go(await judging);
        }
        finally
        {
            answer.Connection.Resume();
        }

        void Go(TokenValidation judged)
        {
            if (reader.Judge(judged) is { } wrong) answer.GiveError(WireCode.BadRequest, wrong);
            else Execute(answer, principal, conversationId, command, reader);
        }
    }

    private void Execute(PendingAnswer answer, Principal principal, string conversationId, ChangeConversation command, FieldReader reader) =>
        services.Conversations.Execute(conversationId, principal.AccountId, command, new RequestReply(answer, (answer, decision) =>
        {
            answer.GiveText(WireCode.Ok, Text(reader.Changes[0]));
            if (reader.SteppedUp is not { } consumer) return;
            services.Identify(answer.Connection, consumer);
            _ = StepUps.FollowAsync(services, principal.AccountId, principal.UserId, consumer.ConsumerId);
        }));

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
