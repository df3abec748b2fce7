using System.Text.RegularExpressions;
using Parley.Server.Identity;

namespace Parley.Server.Canned;

/// <summary>What a canned answer may be.</summary>
internal static partial class CannedAnswerCheck
{
    private const int LongestTitle = 128;
    private const int LongestText = 8_000;

    /// <param name="answer">The answer to be.</param>
    /// <param name="others">All other answers of the account.</param>
    /// <param name="isSkill">Tells the ids of the account's skills.</param>
    /// <exception cref="RefusedException">It makes no sense.</exception>
    public static void Check(CannedAnswer answer, IEnumerable<CannedAnswer> others, Func<string, bool> isSkill)
    {
        if (answer.Title.Length is 0 or > LongestTitle || answer.Title.Any(char.IsControl))
            throw new RefusedException($"title has 1 to {LongestTitle} characters and no line breaks.");
        if (string.IsNullOrWhiteSpace(answer.Text) || answer.Text.Length > LongestText)
            throw new RefusedException($"text has 1 to {LongestText} characters.");
        if (answer.Shortcut is { } shortcut && !Shortcuts.IsMatch(shortcut))
            throw new RefusedException("shortcut has 1 to 32 lower-case letters, digits or hyphens.");
        if (answer.Language is { } language && !Languages.IsMatch(language))
            throw new RefusedException("language is a tag like en or pt-BR.");
        if (answer.Category is { } category && (category.Length > LongestTitle || category.Any(char.IsControl)))
            throw new RefusedException($"category has at most {LongestTitle} characters and no line breaks.");
        if (answer.SkillIds.FirstOrDefault(id => !isSkill(id)) is { } unknown)
            throw new RefusedException($"There is no skill {unknown}.");
        if (answer.SkillIds.Distinct().Count() < answer.SkillIds.Count)
            throw new RefusedException("skillIds differ.");
        if (answer.Shortcut is not null && others.FirstOrDefault(other => other.Shortcut == answer.Shortcut) is { } rival)
            throw new RefusedException($"The answer {rival.Title} has the shortcut {answer.Shortcut} already.", isConflict: true);
    }

    [GeneratedRegex(@"^[a-z0-9-]{1,32}\z")]
    private static partial Regex Shortcuts { get; }

    [GeneratedRegex(@"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}\z")]
    private static partial Regex Languages { get; }
}
