namespace Parley.Conversations.Events;

/// <summary>Another skill is in charge, or none.</summary>
public sealed record SkillChanged(string? SkillId) : ConversationEvent;
