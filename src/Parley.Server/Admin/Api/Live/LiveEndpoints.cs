using Parley.Server.Identity;

namespace Parley.Server.Admin.Api.Live;

/// <summary>The queue and the agents as they are now.</summary>
internal static class LiveEndpoints
{
    private const int UsualPage = 200;
    private const int LargestPage = 1_000;

    private static readonly AdminJson Json = AdminJson.Default;

    public static IReadOnlyList<AdminEndpoint> All { get; } =
    [
        AdminEndpoint.Get("/routing/queue", AgentRole.Manager, "List waiting conversations in the order in which they find an agent.", () => Json.QueuePage, QueueAsync) with
        {
            Query =
            [
                new AdminParameter("skill", "string", "Only those of this skill, by id."),
                new AdminParameter("limit", "integer", $"How many, 1 to {LargestPage}; {UsualPage} by default."),
            ],
        },
        AdminEndpoint.Get("/colleagues", AgentRole.Agent, "List the enabled agents as one of them may see them: who is there and could take a conversation.", () => Json.ColleagueList, ColleaguesAsync),
        AdminEndpoint.Get("/routing/agents", AgentRole.Manager, "List the enabled agents: what they say of themselves and have on their hands.", () => Json.AgentsPage, AgentsAsync),
        new(
            Microsoft.AspNetCore.Http.HttpMethods.Get, "/routing/feed", AgentRole.Manager,
            "Follow queue and agents: server-sent events called snapshot, one at once and one after changes, at most one a second; a comment every 15 seconds in between.",
            call => new FeedStream(call, call.Services.Feeds.Of(call)).RunAsync()) { Answer = typeof(FeedSnapshot), IsStream = true },
    ];

    private static async Task<QueuePage> QueueAsync(AdminCall call)
    {
        var (skill, limit) = (call.Query("skill"), call.Number("limit", UsualPage, LargestPage));
        return (await RoutingPicture.TakeAsync(call.Services.Gateway, call.AccountId)).Page(skill, limit, call.Services.Identity.Agents);
    }

    private static async Task<ColleagueList> ColleaguesAsync(AdminCall call)
    {
        var (picture, directory) = (await RoutingPicture.TakeAsync(call.Services.Gateway, call.AccountId), call.Services.Identity.Agents);
        return new(picture.At, [
            .. picture.Agents.Select(agent => Colleague.Of(agent, directory.Find(call.AccountId, agent.Pid)?.Details.PictureUrl))
                .OrderBy(colleague => colleague.Nickname, StringComparer.OrdinalIgnoreCase).ThenBy(colleague => colleague.Pid, StringComparer.Ordinal),
        ]);
    }

    private static async Task<AgentsPage> AgentsAsync(AdminCall call)
    {
        var picture = await RoutingPicture.TakeAsync(call.Services.Gateway, call.AccountId);
        return new(picture.At, picture.Agents);
    }
}
