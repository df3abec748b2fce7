namespace Parley.Server.Admin;

/// <summary>A skill to be added.</summary>
/// <param name="Account">As <see cref="AccountScope"/>.</param>
/// <param name="Name">Unique in the account.</param>
public sealed record AddSkill(string? Account, string Name)
{
    /// <summary>Digits; the next free number when null.</summary>
    public string? Id { get; init; }

    /// <summary>Settings by name, as in <c>ringAgents</c>.</summary>
    public IReadOnlyDictionary<string, string>? Settings { get; init; }
}
