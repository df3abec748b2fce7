namespace Parley.Server.Identity;

/// <summary>An agent as the rest of the server knows him; immutable, replaced when an operator changes him.</summary>
/// <param name="AccountId">His account.</param>
/// <param name="Pid">Public id, a lower-case UUID: the only id consumers see.</param>
/// <param name="Number">Numeric text, unique in the account.</param>
/// <param name="Login">The name he logs in with, unique in the account.</param>
/// <param name="Nickname">Shown to consumers.</param>
/// <param name="FullName">Shown to colleagues.</param>
/// <param name="Role">His role.</param>
/// <param name="MaxSlots">How many conversations he takes at once.</param>
/// <param name="SkillIds">Numeric skill ids; empty means any.</param>
/// <param name="Enabled">A disabled agent cannot log in and gets no rings.</param>
public sealed record AgentProfile(
    string AccountId,
    string Pid,
    string Number,
    string Login,
    string Nickname,
    string FullName,
    AgentRole Role,
    int MaxSlots,
    IReadOnlyList<string> SkillIds,
    bool Enabled)
{
    /// <summary>What else is told of him.</summary>
    public AgentDetails Details { get; init; } = AgentDetails.None;

    /// <summary>The id of the v2 dialect: <c>account.number</c> (protocol ch. 2).</summary>
    public string OldId { get; } = $"{AccountId}.{Number}";
}
