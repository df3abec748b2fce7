namespace Parley.Server.Identity;

/// <summary>
/// What is told of an agent beyond his names (protocol 22), kept as JSON; null where nothing was said. Members are settable
/// because generated readers give an init-only member the default of its type.
/// </summary>
public sealed record AgentDetails
{
    public static readonly AgentDetails None = new();

    public string? Email { get; set; }
    public string? PictureUrl { get; set; }
    public string? EmployeeId { get; set; }
    public string? Description { get; set; }
    public string? BackgroundUrl { get; set; }
    public string? MobileNumber { get; set; }
    public UserType UserType { get; set; } = UserType.Human;

    /// <summary>The priority of his skills by id where it is not 1: the lower number is given conversations first; null for none.</summary>
    public IReadOnlyDictionary<string, int>? SkillPriorities { get; set; }

    /// <summary>When he was added, epoch milliseconds; null when it was not noted yet.</summary>
    public long? AddedTs { get; set; }
}
