namespace Parley.Server.Admin.Api.Statistics;

/// <param name="SkillId">Null for conversations of no skill.</param>
public sealed record FiguresOfSkill(string? SkillId, string Name, Figures Figures);
