using System.Text.Json.Serialization;
using Parley.Server.Canned;

namespace Parley.Server.Admin.Api.Canned;

/// <summary>Members of a canned answer to be changed: those that are missing or null stay, an empty text takes the member away.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public record AnswerChange
{
    public string? Title { get; init; }
    public string? Text { get; init; }

    /// <summary>What is typed to insert it: 1 to 32 lower-case letters, digits or hyphens, unique in the account.</summary>
    public string? Shortcut { get; init; }

    /// <summary>Whose agents have it; an empty list for everybody.</summary>
    public IReadOnlyList<string>? SkillIds { get; init; }

    /// <summary>A language tag as in <c>en</c> or <c>pt-BR</c>.</summary>
    public string? Language { get; init; }

    public string? Category { get; init; }

    internal CannedAnswer Apply(CannedAnswer answer) => answer with
    {
        Title = Title ?? answer.Title,
        Text = Text ?? answer.Text,
        Shortcut = Changed(Shortcut, answer.Shortcut),
        SkillIds = SkillIds ?? answer.SkillIds,
        Language = Changed(Language, answer.Language),
        Category = Changed(Category, answer.Category),
    };

    private static string? Changed(string? given, string? before) => given is null ? before : given.Length == 0 ? null : given;
}
