using Parley.Protocol.Codes;
using Parley.Protocol.Envelope;
using Parley.Protocol.Requests;
using Parley.Server.Files;

namespace Parley.Server.Gateway.Handlers;

/// <summary>Gives an address that takes a file's bytes for a minute (protocol ch. 11).</summary>
internal sealed class GenerateUrlForUploadFile(GatewayServices services) : IRequestHandler
{
    public void Handle(in Request request)
    {
        var body = Lenient.Parse(request.Envelope.Body);
        var principal = request.Principal;
        var settings = services.Settings(principal.AccountId);
        if (!settings.FileSharing)
        {
            request.AnswerError(WireCode.Forbidden, "File sharing is off");
        }
        else if (body.Member("fileSize").Integer() is not { } bytes || bytes <= 0)
        {
            request.AnswerError(WireCode.BadRequest, "fileSize must be the number of bytes");
        }
        else if (FileType.Find(body.Member("fileType").Text()) is not { } type || !settings.FileTypeNames.Contains(type.Name))
        {
            request.AnswerError(WireCode.BadRequest, "fileType is not among those allowed");
        }
        else if (bytes > settings.FileBytes)
        {
            request.AnswerError(WireCode.BadRequest, $"The file is larger than {settings.FileBytes} bytes");
        }
        else if (!settings.HasRoomFor(bytes, services.Files.Catalog.BytesOf(principal.AccountId)))
        {
            request.AnswerError(WireCode.Forbidden, "The account's room for files is used up");
        }
        else
        {
            var address = services.Files.Announce(principal.AccountId, principal.UserId, type, bytes);
            request.Answer(Answers.GeneratedUrl(Scratch.Answer, request.Envelope.Id, address.Path.ToString(), address.Signature, address.Expires));
        }
    }
}
