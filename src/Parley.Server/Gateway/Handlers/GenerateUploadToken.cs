using Parley.Conversations;
using Parley.Protocol.Codes;
using Parley.Protocol.Envelope;
using Parley.Protocol.Requests;
using Parley.Server.Identity;

namespace Parley.Server.Gateway.Handlers;

/// <summary>
/// Gives a consumer the one-time keys for a form that an agent invited him to (protocol 10.10). Parley runs no form host: to
/// it the keys are opaque, random, and not kept; the brand's form host takes them.
/// </summary>
internal sealed class GenerateUploadToken(GatewayServices services) : IRequestHandler
{
    public void Handle(in Request request)
    {
        var form = SecureForms.Read(request, "uploadable");
        var dialogId = form.Required("dialogId");
        var invitationId = form.Required("invitationId");
        if (request.Principal.IsAgent)
        {
            request.AnswerError(WireCode.Forbidden, "Only for consumers");
        }
        else if (form.Fault is { } fault)
        {
            request.AnswerError(WireCode.BadRequest, fault);
        }
        else
        {
            var answer = request.Defer();
            SecureForms.Answer(services, request.Verb, request.Principal, dialogId, answer, "No such invitation in this dialog",
                e => e is { Audience: Audience.All, OriginatorRole: not Role.Consumer } && SecureForms.IsInvitation(e, invitationId),
                () => answer.Give(Answers.UploadToken(Scratch.Answer, answer.RequestId, readKey: Secrets.NewHex(16), writeKey: Secrets.NewHex(16))));
        }
    }
}
