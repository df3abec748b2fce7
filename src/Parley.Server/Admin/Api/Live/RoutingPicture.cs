using Parley.Conversations.Routing;
using Parley.Server.Admin.Api.Users;
using Parley.Server.Gateway;
using Parley.Server.Identity;
using Parley.Server.Routing;

namespace Parley.Server.Admin.Api.Live;

/// <summary>What routing knew at one moment: taken in its turn, looked at outside of it.</summary>
internal sealed record RoutingPicture(long At, IReadOnlyList<QueuePlace> Places, IReadOnlyList<AgentAtWork> Agents)
{
    public static Task<RoutingPicture> TakeAsync(GatewayServices services, string accountId)
    {
        var known = services.Agents.All(accountId).Where(agent => agent.Enabled).Select(agent => (Profile: agent, Skills: SkillOfUser.Of(agent, services.Agents))).ToArray();
        return services.Routing.Of(accountId).ReadAsync((table, stateOf, now) =>
        {
            var views = table.Agents.ToDictionary(view => view.AgentId);
            return new RoutingPicture(now, [.. table.Queue(now)], [.. known.Select(agent => AtWork(
                agent.Profile, agent.Skills, views.GetValueOrDefault(agent.Profile.Pid), stateOf(agent.Profile.Pid),
                services.Connections.OfAgent(accountId, agent.Profile.Pid).Open.Length > 0 || services.Connections.Elsewhere.Has(new(accountId, agent.Profile.Pid, IsAgent: true))))]);
        });
    }

    public QueuePage Page(string? skillId, int limit, AgentDirectory directory)
    {
        var places = skillId is null ? Places : [.. Places.Where(place => place.Conversation.SkillId == skillId)];
        return new(At, places.Count, places.Count(place => place.IsOverdue), Items(places, limit, directory));
    }

    public FeedSnapshot Snapshot(IReadOnlyList<Skill> skills, AgentDirectory directory)
    {
        var waiting = Places.ToLookup(place => place.Conversation.SkillId);
        var unknown = waiting.Select(group => group.Key).Where(id => id is not null && skills.All(skill => skill.Id != id)).Select(id => (Id: id, Name: id!));
        var rows = skills.Select(skill => (Id: (string?)skill.Id, skill.Name)).Concat(unknown).Append((null, "no skill"));
        return new(
            At, new FeedQueue([.. rows.Select(row => Row(row.Id, row.Name, [.. waiting[row.Id]]))], Items(Places, FeedSnapshot.MostItems, directory)), Agents);
    }

    private SkillQueue Row(string? skillId, string name, IReadOnlyList<QueuePlace> places)
    {
        var online = Agents.Where(agent => agent.IsOnlineFor(skillId)).ToArray();
        return new(
            skillId, name, places.Count, places.Count(place => place.IsOverdue),
            places.Count == 0 ? 0 : Math.Max(0, At - places.Min(place => place.Key.Since)) / 1000, online.Length, online.Sum(agent => agent.FreeSlots));
    }

    private IReadOnlyList<QueueItem> Items(IReadOnlyList<QueuePlace> places, int limit, AgentDirectory directory) =>
        [.. places.Take(limit).Select(place => QueueItem.Of(place, At, directory))];

    private static AgentAtWork AtWork(AgentProfile agent, IReadOnlyList<SkillOfUser> skills, Conversations.Routing.AgentView? view, AgentAvailability state, bool isConnected) => new(
        agent.Pid, agent.OldId, agent.Login, agent.Nickname, agent.Role, state.State, state.Description, state.Since, isConnected,
        view?.Rules.Readiness ?? Readiness.None, view?.UsedSlots ?? 0, agent.MaxSlots, view?.Rings ?? 0, skills);
}
