using System.Text.Json;
using Parley.Protocol;
using Parley.Protocol.Codes;
using Parley.Protocol.Envelope;
using Parley.Protocol.Requests;

namespace Parley.Server.Gateway.Handlers;

/// <summary>
/// A user's profile (protocol 13.1): one's own without a body, a consumer's by id for agents. The schema's spelling
/// <c>up.GetUserProfile</c> gets its array form.
/// </summary>
internal sealed class GetUserProfile(GatewayServices services) : IRequestHandler
{
    public void Handle(in Request request)
    {
        var body = Lenient.Parse(request.Envelope.Body);
        var asked = body.ValueKind == JsonValueKind.String ? body.GetString() : body.Member("userId").Text();
        var principal = request.Principal;
        var own = principal.Agent?.OldId ?? principal.UserId;
        if (!string.IsNullOrEmpty(asked) && !principal.IsAgent && asked != principal.UserId)
        {
            request.AnswerError(WireCode.Forbidden, "A consumer may only read his own profile");
            return;
        }

        if (request.Envelope.Type.SequenceEqual("up.GetUserProfile"u8) && body.ValueKind == JsonValueKind.String)
        {
            request.Answer(Answers.Begin(Scratch.Answer, request.Envelope.Id, WireCode.Ok, TypeNames.GetUserProfileAsArrayResponse).Raw("[]"u8).End());
            return;
        }

        var agent = string.IsNullOrEmpty(asked) ? principal.Agent : services.Agents.Find(principal.AccountId, asked);
        var writer = Answers.Begin(Scratch.Answer, request.Envelope.Id, WireCode.Ok, Verbs.ResponseType(Verb.GetUserProfile, request.Dialect));
        writer.Raw("{\"userId\":"u8).Quoted(agent?.OldId ?? (string.IsNullOrEmpty(asked) ? own : asked))
            .Raw(",\"firstName\":"u8).Quoted(agent?.Nickname ?? "").Raw(",\"lastName\":\"\",\"avatarUrl\":\"\",\"role\":"u8).Quoted(agent is null ? "" : "agent")
            .Raw(",\"backgndImgUri\":\"\",\"description\":\"\",\"privateData\":{\"mobileNum\":\"\",\"mail\":\"\",\"pushNotificationData\":{\"serviceName\":\"\",\"certName\":\"\",\"token\":\"\"}}}"u8);
        request.Answer(writer.End());
    }
}
