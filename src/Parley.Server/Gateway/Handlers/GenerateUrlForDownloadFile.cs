using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Parley.Protocol;
using Parley.Protocol.Codes;
using Parley.Protocol.Envelope;
using Parley.Protocol.Requests;

namespace Parley.Server.Gateway.Handlers;

/// <summary>Gives an address that a shared file can be read from for a minute (protocol ch. 11). To who may not have it, it does not exist.</summary>
internal sealed class GenerateUrlForDownloadFile(GatewayServices services) : IRequestHandler
{
    public void Handle(in Request request)
    {
        var member = Lenient.Parse(request.Envelope.Body).Member("relativePath");
        if (member.ValueKind != JsonValueKind.String)
        {
            request.AnswerError(WireCode.BadRequest, member.ValueKind == JsonValueKind.Undefined ? "relativePath is missing" : "relativePath must be text");
            return;
        }

        var relativePath = member.GetString();
        var principal = request.Principal;
        var answer = request.Defer();
        _ = Task.Run(() => answer.GiveLaterAsync(services.Log, Verb.GenerateUrlForDownloadFile, async answer =>
        {
            if (await services.Sharing.FindAsync(principal, relativePath) is not { } file)
            {
                answer.GiveError(WireCode.NotFound, "File not found");
                return;
            }

            var address = services.Files.Addresses.Sign(HttpMethods.Get, file.Path);
            answer.Give(Answers.GeneratedUrl(Scratch.Answer, answer.RequestId, address.Path.ToString(), address.Signature, address.Expires));
        }));
    }
}
