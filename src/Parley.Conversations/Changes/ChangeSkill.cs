namespace Parley.Conversations.Changes;

/// <summary>Another skill takes over, or none (protocol 9.5). The caller knows that it exists.</summary>
public sealed record ChangeSkill(string? SkillId) : FieldChange(false, true);
