namespace Parley.Server.Canned;

/// <summary>A text that agents insert instead of typing it.</summary>
/// <param name="Id">Unique in the account.</param>
/// <param name="Title">What agents choose it by.</param>
/// <param name="Text">What is inserted.</param>
public sealed record CannedAnswer(string Id, string Title, string Text)
{
    /// <summary>What is typed to insert it, unique in the account; null for none.</summary>
    public string? Shortcut { get; set; }

    /// <summary>Whose agents have it; empty for everybody.</summary>
    public IReadOnlyList<string> SkillIds { get; set; } = [];

    /// <summary>A language tag as in <c>en</c> or <c>pt-BR</c>; null for any.</summary>
    public string? Language { get; set; }

    /// <summary>What it is shown under; null for nothing.</summary>
    public string? Category { get; set; }
}
