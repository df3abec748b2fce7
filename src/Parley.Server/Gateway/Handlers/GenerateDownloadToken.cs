using Parley.Protocol.Codes;
using Parley.Protocol.Envelope;
using Parley.Protocol.Requests;
using Parley.Server.Identity;

namespace Parley.Server.Gateway.Handlers;

/// <summary>
/// Gives an agent the one-time key for a form that the consumer submitted (protocol 10.10); as opaque as those of
/// <see cref="GenerateUploadToken"/>.
/// </summary>
internal sealed class GenerateDownloadToken(GatewayServices services) : IRequestHandler
{
    public void Handle(in Request request)
    {
        var form = SecureForms.Read(request, "downloadable");
        var dialogId = form.Required("dialogId");
        var submissionId = form.Required("submissionId");
        var invitationId = form.Required("invitationId");
        if (form.Fault is { } fault)
        {
            request.AnswerError(WireCode.BadRequest, fault);
        }
        else
        {
            var answer = request.Defer();
            SecureForms.Answer(services, request.Verb, request.Principal, dialogId, answer, "No such submission in this dialog",
                e => SecureForms.IsSubmission(e, submissionId, invitationId),
                () => answer.Give(Answers.DownloadToken(Scratch.Answer, answer.RequestId, SecureForms.Type, readKey: Secrets.NewHex(16))));
        }
    }
}
