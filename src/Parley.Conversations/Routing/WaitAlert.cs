namespace Parley.Conversations.Routing;

/// <summary>The queue of a skill has gone beyond its wait target, or is well again.</summary>
/// <param name="SkillId">The skill.</param>
/// <param name="IsBeyondTarget">Whether somebody waits for longer than he should.</param>
/// <param name="Waiting">How many wait.</param>
public readonly record struct WaitAlert(string SkillId, bool IsBeyondTarget, int Waiting);
