using System.Text.Json;
using System.Text.Json.Nodes;
using Parley.Conversations;
using Parley.Journal;
using Parley.Protocol;
using Parley.Protocol.Codes;
using Parley.Protocol.Envelope;
using Parley.Protocol.Requests;
using Parley.Server.Lists;
using Parley.Server.Profiles;

namespace Parley.Server.Gateway.Handlers;

/// <summary>
/// A user's profile (protocol 13.1): one's own without a body; for agents that of a colleague, or of a consumer whose
/// conversation they take part in or are offered (managers: of any). <c>up.GetUserProfile</c> by id gets the array form.
/// </summary>
internal sealed class GetUserProfile(GatewayServices services) : IRequestHandler
{
    public void Handle(in Request request)
    {
        var principal = request.Principal;
        var body = Lenient.Parse(request.Envelope.Body);
        var isId = body.ValueKind is JsonValueKind.String or JsonValueKind.Number;
        var members = new BodyMembers(isId ? default : body);
        var asked = isId ? body.Text() : members.Text("userId");
        if (members.Fault is { } fault)
        {
            request.AnswerError(WireCode.BadRequest, fault);
            return;
        }

        if (string.IsNullOrEmpty(asked)) asked = principal.UserId;
        var asArray = isId && request.Envelope.Type.SequenceEqual("up.GetUserProfile"u8);
        if (principal.IsAgent && services.Agents.Find(principal.AccountId, asked) is { } agent)
            Answer(request.Defer(), ProfileView.OfAgent(agent, isOwn: agent.Pid == principal.UserId), asArray);
        else if (principal.IsAgent || asked == principal.UserId) _ = request.Defer().GiveLaterAsync(services.Log, request.Verb, answer => AnswerAsync(answer, principal, asked, asArray));
        else request.AnswerError(WireCode.Forbidden, "A consumer may only read his own profile");
    }

    private async Task AnswerAsync(PendingAnswer answer, Principal principal, string consumerId, bool asArray)
    {
        var said = await services.Profiles.FindAsync(principal.AccountId, consumerId);
        if (principal.IsAgent && !await Task.Run(() => MayRead(principal, consumerId, said is not null)))
        {
            answer.GiveError(WireCode.NotFound, "User not found");
            return;
        }

        var claims = await services.Profiles.FindClaimsAsync(principal.AccountId, consumerId);
        Answer(answer, ProfileView.OfConsumer(consumerId, said, claims, isOwn: !principal.IsAgent), asArray);
    }

    // To an agent a consumer of whom he has seen nothing is like one who does not exist.
    private bool MayRead(Principal principal, string consumerId, bool hasProfile)
    {
        if (principal.SeesEverything && hasProfile) return true;
        return services.Journal.Query(new ConversationQuery(principal.AccountId)
        {
            ConsumerId = consumerId,
            Condition = c => principal.SeesEverything || c.HasAgent(principal.UserId) || ListMatch.IsOffered(c, principal.UserId),
            Limit = 1,
        }).Count > 0;
    }

    private static void Answer(PendingAnswer answer, JsonObject view, bool asArray)
    {
        var type = asArray ? TypeNames.GetUserProfileAsArrayResponse : Verbs.ResponseType(Verb.GetUserProfile, answer.Dialect);
        JsonNode body = asArray ? ProfileView.ToSdes(view) : view;
        answer.Give(Answers.Begin(Scratch.Answer, answer.RequestId, WireCode.Ok, type).Raw(body.ToJsonString()).End());
    }
}
