using System.Net.Mail;

namespace Parley.Server.Identity;

/// <summary>Members of an agent's profile changed by name, the way operators type them.</summary>
internal static class AgentChange
{
    private const int LongestText = 256;
    private const int LongestAddress = 2048;

    /// <summary>The agent with one member changed; an empty value takes it away.</summary>
    /// <exception cref="RefusedException">There is no such member, or it does not take this value.</exception>
    public static AgentProfile Apply(AgentProfile agent, string name, string value) => name switch
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
        _ => throw new RefusedException(
            $"There is no member {name}. There are: nickname, fullName, email, pictureUrl, backgroundUrl, employeeId, description, mobileNumber, userType."),
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

    private static UserType TypeOf(string value) => value switch
    {
        "human" or "" => UserType.Human,
        "bot" => UserType.Bot,
        _ => throw new RefusedException("userType is human or bot."),
    };
}
