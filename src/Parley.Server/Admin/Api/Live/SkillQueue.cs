namespace Parley.Server.Admin.Api.Live;

/// <summary>What waits for a skill, and who is there for it.</summary>
/// <param name="SkillId">Null for conversations of no skill.</param>
/// <param name="LongestWaitSeconds">Of the one that waits longest; 0 when none does.</param>
/// <param name="AgentsOnline">Agents who take new conversations of it, busy ones included.</param>
/// <param name="FreeSlots">How many conversations they could take, of any of their skills.</param>
public sealed record SkillQueue(string? SkillId, string Name, int Waiting, int Overdue, long LongestWaitSeconds, int AgentsOnline, int FreeSlots);
