using System.Text.Json.Nodes;
using Parley.Conversations;
using Parley.Protocol;
using Parley.Protocol.Codes;
using Parley.Protocol.Envelope;
using Parley.Server.Ownership;

namespace Parley.Server.Gateway.Handlers;

/// <summary>What the account shows of itself to its agents (protocol 13.4).</summary>
internal sealed class GetBrandProfile(GatewayServices services) : IRequestHandler
{
    public void Handle(in Request request)
    {
        var accountId = request.Principal.AccountId;
        var revision = services.Revisions.Of(accountId);
        var settings = services.Settings(accountId);
        var closure = services.Ownership.Rules.Of(accountId, services.Time.GetUtcNow().ToUnixTimeMilliseconds()).Closure;
        var body = new JsonObject
        {
            ["brandId"] = accountId,
            ["name"] = settings.BrandName ?? accountId,
            ["description"] = settings.BrandDescription ?? "",
            ["category"] = settings.BrandCategory ?? "",
            ["dateJoined"] = revision.JoinedTs,
            ["lastUpdated"] = revision.ChangedTs,
            ["logoImg"] = settings.BrandLogoUrl ?? "",
            ["backgroundImg"] = settings.BrandBackgroundUrl ?? "",
            ["SkillIds"] = new JsonArray([.. services.Agents.Skills(accountId).Select(skill => (JsonNode)skill.Id)]),
            ["defaultTTRs"] = new JsonObject(
                from type in Enum.GetValues<TtrType>()
                let name = WireNames.Of(type)
                orderby name
                select KeyValuePair.Create(name, (JsonNode?)settings.Promises.Of(type))),
            ["delay"] = closure is null ? [] : new JsonObject { ["type"] = closure.Type, ["tillWhen"] = closure.Until },
            ["websiteUrl"] = settings.BrandWebsiteUrl ?? "",
        };
        request.Answer(Answers.Begin(Scratch.Answer, request.Envelope.Id, WireCode.Ok, Verbs.ResponseType(Verb.GetBrandProfile, request.Dialect)).Raw(body.ToJsonString()).End());
    }
}
