using System.Globalization;
using System.Text.Json.Serialization;
using Parley.Server.Identity;

namespace Parley.Server.Admin.Api.Users;

/// <summary>Members of a user to be changed: those that are missing or null stay, an empty text takes the member away.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public record UserChange
{
    public string? Nickname { get; init; }
    public string? FullName { get; init; }
    public string? Email { get; init; }
    public string? PictureUrl { get; init; }
    public string? BackgroundUrl { get; init; }
    public string? EmployeeId { get; init; }
    public string? MobileNumber { get; init; }
    public string? Description { get; init; }
    public UserType? UserType { get; init; }
    public AgentRole? Role { get; init; }
    public int? MaxSlots { get; init; }

    /// <summary>All his skills; none means that he takes conversations of every skill.</summary>
    public IReadOnlyList<UserSkill>? Skills { get; init; }

    public bool? Enabled { get; init; }

    /// <summary>The same by the names of <see cref="AgentChange"/>.</summary>
    internal IReadOnlyDictionary<string, string> ByName()
    {
        Dictionary<string, string?> members = new()
        {
            ["nickname"] = Nickname,
            ["fullName"] = FullName,
            ["email"] = Email,
            ["pictureUrl"] = PictureUrl,
            ["backgroundUrl"] = BackgroundUrl,
            ["employeeId"] = EmployeeId,
            ["mobileNumber"] = MobileNumber,
            ["description"] = Description,
            ["userType"] = UserType?.ToString().ToLowerInvariant(),
            ["role"] = Role?.ToString().ToLowerInvariant(),
            ["maxSlots"] = MaxSlots?.ToString(CultureInfo.InvariantCulture),
            ["skills"] = Skills is null ? null : string.Join(',', Skills.Select(skill => string.Create(CultureInfo.InvariantCulture, $"{IdOf(skill)}:{skill.Priority}"))),
            ["enabled"] = Enabled is { } enabled ? (enabled ? "true" : "false") : null,
        };
        return members.Where(member => member.Value is not null).ToDictionary(member => member.Key, member => member.Value!);
    }

    // Nothing but an id: it becomes part of a list.
    private static string IdOf(UserSkill? skill) =>
        skill is { Id.Length: > 0 } && skill.Id.All(char.IsAsciiDigit) ? skill.Id : throw new RefusedException("""skills are like [{"id":"1001","priority":1}].""");
}
