using Parley.Server.Identity;

namespace Parley.Server.Admin;

public sealed record SkillList(IReadOnlyList<Skill> Skills);
