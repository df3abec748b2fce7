namespace Parley.Conversations;

/// <summary>Which survey follows, by the last skill.</summary>
/// <param name="BySkill">Surveys of single skills.</param>
/// <param name="Default">For all other skills and none; null for no survey.</param>
public sealed record SurveyRules(IReadOnlyDictionary<string, Survey> BySkill, Survey? Default)
{
    /// <summary>No survey ever.</summary>
    public static SurveyRules None { get; } = new(new Dictionary<string, Survey>(), null);

    /// <summary>The survey after a conversation of this skill, or null.</summary>
    public Survey? Find(string? skillId) => skillId is not null && BySkill.TryGetValue(skillId, out var survey) ? survey : Default;
}
