using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Server.Hosting;
using Parley.Server.Identity;

namespace Parley.Server.Configuration;

/// <summary>
/// What tools of agents read of their account, and what everybody may know of an agent (protocol 22): the same address tells
/// the one to whom a bearer opens it and the other to whoever brings none. Nothing is ever deleted here, hence
/// <c>include_deleted</c> adds nothing.
/// </summary>
internal sealed class ConfigurationEndpoints(IdentityServices identity, LimitOptions limits, TimeProvider time)
{
    private const string Root = "/api/account/{account}/configuration";
    private const string Scheme = "Bearer ";
    private const string EverybodyMayKeep = "public, max-age=300";
    private static readonly ConfigurationJson Json = ConfigurationJson.Default;

    // A bucket per session that empties with time, as sockets have one each.
    private readonly FailureLimiter _requests = new(limits.AgentBurst, TimeSpan.FromSeconds(1.0 / Math.Max(1, limits.AgentRequestsPerSecond)), time);

    public void Map(IEndpointRouteBuilder routes)
    {
        Get("/le-users/users", context => ForAgentsAsync(context, reader => Node(Users(reader), Json.UserBodyArray)));
        Get("/le-users/users/{id}", context => context.Request.Headers.Authorization.Count == 0
            ? ForEverybodyAsync(context)
            : ForAgentsAsync(context, reader => User(reader, Find(reader.AccountId, Id(context)))));
        Get("/le-users/users/pid/{id}", context => ForAgentsAsync(
            context, reader => User(reader, identity.Agents.Find(reader.AccountId, Id(context)) is { } agent && agent.Pid == Id(context) ? agent : null)));
        Get("/le-users/skills", context => ForAgentsAsync(context, reader => Node(Skills(reader.AccountId), Json.SkillBodyArray)));
        Get("/le-users/skills/{id}", context => ForAgentsAsync(
            context, reader => Array.Find(Skills(reader.AccountId), skill => skill.Id == Id(context)) is { } skill ? Node(skill, Json.SkillBody) : null));
        Get("/le-agents/status-reasons", context => ForAgentsAsync(context, reader => Node(
            [.. (identity.Accounts.Find(reader.AccountId)?.Settings.StatusReasons ?? StatusReason.Defaults).Select(StatusReasonBody.Of)], Json.StatusReasonBodyArray)));

        void Get(string path, RequestDelegate answer) => routes.MapGet(Root + path, answer).RequireCors(Cors.Public);
    }

    private static string Id(HttpContext context) => (string?)context.Request.RouteValues["id"] ?? "";

    private static JsonNode Node<T>(T body, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) => JsonSerializer.SerializeToNode(body, type)!;

    private async Task ForAgentsAsync(HttpContext context, Func<AgentProfile, JsonNode?> read)
    {
        context.Response.Headers.CacheControl = "private, no-cache";
        context.Response.Headers.Vary = "Authorization";
        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || await identity.Sessions.FindByBearerAsync(context.Account, header[Scheme.Length..].Trim()) is not { } session)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await RefuseAsync(context, StatusCodes.Status401Unauthorized, "Give the bearer of a login to this account");
        }
        else if (limits.RateLimits && IsTooMuch(session.Id))
        {
            context.Response.Headers.RetryAfter = "1";
            await RefuseAsync(context, StatusCodes.Status429TooManyRequests, "Too many requests of this login");
        }
        else if (!IsVersion(context.Request.Query["v"].ToString()))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "v must be a version from 1.0 to 6.0");
        }
        else
        {
            var revision = identity.Revisions.Of(session.AccountId).Number;
            if (read(session.Agent) is { } body) await AnswerAsync(context, revision, Selected(body, context.Request.Query["select"].ToString()));
            else await RefuseAsync(context, StatusCodes.Status404NotFound, "There is no such user or skill");
        }
    }

    // Only by the public id, which cannot be guessed: what can be counted through would tell who works here.
    private Task ForEverybodyAsync(HttpContext context)
    {
        context.Response.Headers.Vary = "Authorization";
        var revision = identity.Revisions.Of(context.Account).Number;
        if (identity.Accounts.Find(context.Account) is null || identity.Agents.Find(context.Account, Id(context)) is not { } agent || agent.Pid != Id(context))
        {
            context.Response.Headers.CacheControl = "no-store";
            return RefuseAsync(context, StatusCodes.Status404NotFound, "There is no such user");
        }

        context.Response.Headers.CacheControl = EverybodyMayKeep;
        return AnswerAsync(context, revision, Node(PublicProfile.Of(agent), Json.PublicProfile));
    }

    private static Task AnswerAsync(HttpContext context, long revision, JsonNode body)
    {
        var status = ConditionalAnswer.Begin(context, revision);
        if (status == StatusCodes.Status412PreconditionFailed) return RefuseAsync(context, status, "The revision has changed");
        if (status == StatusCodes.Status200OK) return context.AnswerAsync(status, body, Json.JsonNode);
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static Task RefuseAsync(HttpContext context, int status, string error) => context.AnswerAsync(status, new ConfigurationError(error), Json.ConfigurationError);

    private bool IsTooMuch(string sessionId)
    {
        if (_requests.IsExhausted(sessionId)) return true;
        _requests.Count(sessionId);
        return false;
    }

    private static bool IsVersion(string version) =>
        version.Length == 0 || (decimal.TryParse(version, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 6);

    // Members by name; the id is always among them.
    private static JsonNode Selected(JsonNode body, string select)
    {
        if (select.Length == 0 || select == "$all") return body;
        var names = select.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var item in body is JsonArray list ? list.OfType<JsonObject>() : [body.AsObject()])
        {
            foreach (var name in item.Select(member => member.Key).Where(name => name != "id" && !names.Contains(name)).ToArray()) item.Remove(name);
        }

        return body;
    }

    private AgentProfile? Find(string accountId, string id) => identity.Agents.Find(accountId, id) ?? identity.Agents.Find(accountId, $"{accountId}.{id}");

    private JsonNode? User(AgentProfile reader, AgentProfile? agent) =>
        agent is null ? null : Node(UserBody.Of(agent, reader, identity.Agents, identity.Agents.PidsWithKeys()), Json.UserBody);

    private UserBody[] Users(AgentProfile reader)
    {
        var withKeys = identity.Agents.PidsWithKeys();
        return [.. identity.Agents.All(reader.AccountId).Select(agent => UserBody.Of(agent, reader, identity.Agents, withKeys))];
    }

    private SkillBody[] Skills(string accountId) => [.. identity.Agents.Skills(accountId).Select(SkillBody.Of)];
}
