using System.ComponentModel;
using Parley.Conversations.Routing;
using Parley.Server.Identity;

namespace Parley.Server.Admin.Api.Live;

/// <summary>An agent whom another one may hand a conversation to.</summary>
/// <param name="Pid">His public id.</param>
/// <param name="UserId"><c>account.number</c>.</param>
/// <param name="State"><c>ONLINE</c>, <c>OCCUPIED</c>, <c>BACK_SOON</c>, <c>AWAY</c> or <c>OFFLINE</c>.</param>
/// <param name="SkillIds">None means that he takes conversations of every skill.</param>
public sealed record Colleague(
    string Pid,
    string UserId,
    string Nickname,
    AgentRole Role,
    string? PictureUrl,
    string State,
    bool Connected,
    [property: Description("What he is given at the moment.")] Readiness Takes,
    int FreeSlots,
    IReadOnlyList<string> SkillIds)
{
    internal static Colleague Of(AgentAtWork agent, string? pictureUrl) => new(
        agent.Pid, agent.UserId, agent.Nickname, agent.Role, pictureUrl, agent.State, agent.Connected, agent.Takes, agent.FreeSlots, [.. agent.Skills.Select(skill => skill.Id)]);
}
