namespace Parley.Server.Identity;

/// <summary>An agent to be added.</summary>
/// <param name="AccountId">An existing account.</param>
/// <param name="Login">1 to 64 characters without blanks, unique in the account.</param>
/// <param name="Role">His role.</param>
/// <param name="PasswordHash">From <see cref="PasswordQueue"/>.</param>
/// <param name="Skills">Names or numeric ids; unknown ones are created.</param>
internal sealed record NewAgent(string AccountId, string Login, AgentRole Role, string PasswordHash, IReadOnlyList<string> Skills)
{
    public const int DefaultSlots = 3;

    public int MaxSlots { get; init; } = DefaultSlots;
    public string? Nickname { get; init; }
    public string? FullName { get; init; }

    /// <summary>More of his profile, by the names of <see cref="AgentChange"/>.</summary>
    public IReadOnlyDictionary<string, string> Profile { get; init; } = new Dictionary<string, string>();
}
