namespace Parley.Server.Admin.Api.Live;

/// <param name="BySkill">The skills of the account and those that conversations wait for; conversations of no skill last.</param>
/// <param name="First">The first that find an agent, at most <see cref="FeedSnapshot.MostItems"/>.</param>
public sealed record FeedQueue(IReadOnlyList<SkillQueue> BySkill, IReadOnlyList<QueueItem> First);
