namespace Parley.Server.Identity;

/// <summary>What conversations can ask for and agents can have.</summary>
/// <param name="Id">Digits.</param>
/// <param name="Name">Unique in the account.</param>
public sealed record Skill(string Id, string Name)
{
    /// <summary>How its conversations are given to agents.</summary>
    public SkillSettings Settings { get; init; } = SkillSettings.Default;
}
