using System.ComponentModel;
using Parley.Conversations.Routing;
using Parley.Server.Admin.Api.Users;
using Parley.Server.Identity;

namespace Parley.Server.Admin.Api.Live;

/// <summary>What an agent says of himself and has on his hands.</summary>
/// <param name="State"><c>ONLINE</c>, <c>OCCUPIED</c>, <c>BACK_SOON</c>, <c>AWAY</c> or <c>OFFLINE</c>.</param>
/// <param name="Description">His words, or empty.</param>
public sealed record AgentAtWork(
    string Pid,
    string UserId,
    string Login,
    string Nickname,
    AgentRole Role,
    string State,
    string Description,
    [property: Description("When he changed to this state, epoch milliseconds; null when it is not known.")] long? StateSince,
    bool Connected,
    [property: Description("What he is given at the moment.")] Readiness Takes,
    [property: Description("Slots taken by his conversations and rings; an idle conversation may take less than one.")] decimal UsedSlots,
    int MaxSlots,
    int Rings,
    IReadOnlyList<SkillOfUser> Skills)
{
    /// <summary>Whether new conversations of a skill come to him.</summary>
    internal bool IsOnlineFor(string? skillId) =>
        Takes == Readiness.All && (skillId is null || Skills.Count == 0 || Skills.Any(skill => skill.Id == skillId));

    internal int FreeSlots => Math.Max(0, (int)(MaxSlots - UsedSlots));
}
