namespace Parley.Server.Admin;

/// <summary>Changes a skill's name or some of its settings; the others stay.</summary>
/// <param name="Account">As <see cref="AccountScope"/>.</param>
/// <param name="Skill">An existing one, by id or name.</param>
/// <param name="Settings">New values by name, as in <c>name</c> or <c>ringAgents</c>; an empty value gives the default back.</param>
public sealed record ChangeSkill(string? Account, string Skill, IReadOnlyDictionary<string, string> Settings);
