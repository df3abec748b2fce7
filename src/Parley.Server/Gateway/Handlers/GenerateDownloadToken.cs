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
        var form = Lenient.Parse(request.Envelope.Body).Member("downloadable");
        var dialogId = form.Member("dialogId").Text();
        var submissionId = form.Member("submissionId").Text();
        var invitationId = form.Member("invitationId").Text();
        if (form.Member("type").Text() != SecureForms.Type)
        {
            request.AnswerError(WireCode.BadRequest, "downloadable.type must be SecureForm");
        }
        else if (string.IsNullOrEmpty(dialogId) || string.IsNullOrEmpty(submissionId) || string.IsNullOrEmpty(invitationId))
        {
            request.AnswerError(WireCode.BadRequest, "downloadable.dialogId, submissionId or invitationId is missing");
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
