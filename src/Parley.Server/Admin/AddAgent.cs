using Parley.Server.Identity;

namespace Parley.Server.Admin;

/// <summary>An agent to be added.</summary>
/// <param name="Account">As <see cref="AccountScope"/>.</param>
/// <param name="Login">The name he logs in with.</param>
public sealed record AddAgent(string? Account, string Login)
{
    public AgentRole Role { get; init; } = AgentRole.Agent;

    /// <summary>Names or ids; unknown ones are created.</summary>
    public IReadOnlyList<string>? Skills { get; init; }

    /// <summary>Conversations he takes at once; the default when null.</summary>
    public int? MaxSlots { get; init; }

    /// <summary>Generated and answered when null.</summary>
    public string? Password { get; init; }

    public string? Nickname { get; init; }

    public string? FullName { get; init; }

    /// <summary>More of his profile, by the names of <see cref="ChangeAgent"/>.</summary>
    public IReadOnlyDictionary<string, string>? Profile { get; init; }

    /// <summary>Whether to make OAuth1-style keys at once, for programs. Then no password is generated: without a given one there is none.</summary>
    public bool Keys { get; init; }
}
