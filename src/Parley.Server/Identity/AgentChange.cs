using System.Globalization;
using System.Net.Mail;

namespace Parley.Server.Identity;

/// <summary>Members of an agent's profile changed by name, the way operators type them.</summary>
internal static class AgentChange
{
    private const int LongestText = 256;
    private const int LongestAddress = 2048;
    private const int MostSlots = 10_000;
    private const int LowestPriority = 1_000;

    /// <summary>The agent with one member changed; an empty value takes it away.</summary>
    /// <param name="findSkill">Finds a skill of his account by id or name.</param>
    /// <exception cref="RefusedException">There is no such member, or it does not take this value.</exception>
    public static AgentProfile Apply(AgentProfile agent, string name, string value, Func<string, Skill?> findSkill) => name switch
    {
        "nickname" => agent with { Nickname = Text(name, value) ?? agent.Login },
        "fullName" => agent with { FullName = Text(name, value) ?? agent.Login },
        "email" => agent with { Details = agent.Details with { Email = Email(value) } },
        "pictureUrl" => agent with { Details = agent.Details with { PictureUrl = Address(name, value) } },
        "backgroundUrl" => agent with { Details = agent.Details with { BackgroundUrl = Address(name, value) } },
        "employeeId" => agent with { Details = agent.Details with { EmployeeId = Text(name, value) } },
        "description" => agent with { Details = agent.Details with { Description = Text(name, value) } },
        "mobileNumber" => agent with { Details = agent.Details with { MobileNumber = Text(name, value) } },
        "userType" => agent with { Details = agent.Details with { UserType = TypeOf(value) } },
        "role" => agent with { Role = RoleOf(value) },
        "maxSlots" => agent with { MaxSlots = value.Length == 0 ? NewAgent.DefaultSlots : Number(value, 0, MostSlots) ?? throw new RefusedException($"maxSlots is 0 to {MostSlots}.") },
        "skills" => WithSkills(agent, value, findSkill),
        "enabled" => agent with { Enabled = value switch { "true" => true, "false" => false, _ => throw new RefusedException("enabled is true or false.") } },
        _ => throw new RefusedException(
            $"There is no member {name}. There are: nickname, fullName, email, pictureUrl, backgroundUrl, employeeId, description, mobileNumber, userType, role, maxSlots, skills, enabled."),
    };

    /// <summary>An address that browsers load, or null for none.</summary>
    /// <exception cref="RefusedException">It is no such address.</exception>
    public static string? Address(string name, string value) =>
        value.Length == 0 ? null
        : value.Length <= LongestAddress && Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" ? value
        : throw new RefusedException($"{name} must be an http or https address of at most {LongestAddress} characters.");

    private static string? Text(string name, string value) =>
        value.Length > LongestText || value.Any(char.IsControl) ? throw new RefusedException($"{name} has at most {LongestText} characters and no line breaks.")
        : value.Length == 0 ? null
        : value;

    private static string? Email(string value) =>
        value.Length == 0 || (MailAddress.TryCreate(value, out var address) && address.Address == value)
            ? Text("email", value)
            : throw new RefusedException("email must be a mail address.");

    private static AgentRole RoleOf(string value) => value switch
    {
        "agent" => AgentRole.Agent,
        "manager" => AgentRole.Manager,
        "admin" => AgentRole.Admin,
        _ => throw new RefusedException("role is agent, manager or admin."),
    };

    // "1001:1,sales:2": a skill by id or name, and its priority where it is not 1.
    private static AgentProfile WithSkills(AgentProfile agent, string value, Func<string, Skill?> findSkill)
    {
        List<string> ids = [];
        Dictionary<string, int> priorities = [];
        foreach (var part in value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = part.LastIndexOf(':');
            var skill = findSkill(colon < 0 ? part : part[..colon]) ?? throw new RefusedException($"There is no skill {(colon < 0 ? part : part[..colon])}.");
            var priority = colon < 0 ? 1 : Number(part[(colon + 1)..], 1, LowestPriority) ?? throw new RefusedException($"The priority of a skill is 1 to {LowestPriority}.");
            if (ids.Contains(skill.Id)) throw new RefusedException($"The skill {skill.Id} is there twice.");
            ids.Add(skill.Id);
            if (priority != 1) priorities[skill.Id] = priority;
        }

        return agent with { SkillIds = ids, Details = agent.Details with { SkillPriorities = priorities.Count == 0 ? null : priorities } };
    }

    private static int? Number(string value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null;

    private static UserType TypeOf(string value) => value switch
    {
        "human" or "" => UserType.Human,
        "bot" => UserType.Bot,
        _ => throw new RefusedException("userType is human or bot."),
    };
}
