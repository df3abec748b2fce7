namespace Parley.Server.Admin;

/// <param name="Account">As <see cref="AccountScope"/>.</param>
/// <param name="Skill">An existing one, by id or name.</param>
public sealed record SkillName(string? Account, string Skill);
