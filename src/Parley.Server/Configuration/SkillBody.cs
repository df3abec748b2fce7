using Parley.Server.Identity;

namespace Parley.Server.Configuration;

/// <summary>A skill as tools of agents read it (protocol 22).</summary>
/// <param name="MaxWaitTime">Seconds; of web chat, which is not served, hence the documented default.</param>
internal sealed record SkillBody(
    string Id, string Name, string Description, int SkillOrder, int MaxWaitTime, bool Deleted, IReadOnlyList<SkillBody.Share> SkillRoutingConfiguration)
{
    public static SkillBody Of(Skill skill, int order) => new(skill.Id, skill.Name, "", order, 120, Deleted: false, []);

    internal sealed record Share(int Priority, int SplitPercentage, string AgentGroupId);
}
