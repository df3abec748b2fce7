using System.CommandLine;
using System.Globalization;
using Parley.Operators;
using Parley.Server.Admin;
using Parley.Server.Identity;

namespace Parley.Commands;

/// <summary><c>parley agent add|list|set|enable|disable|password|keys</c>.</summary>
internal static class AgentCommand
{
    private const string ProfileExample = "NAME=VALUE, e.g. nickname=Ada email=ada@example.test role=manager maxSlots=5 skills=1001:1,sales:2 pictureUrl=https://... employeeId=E-1 userType=bot";

    public static Command Create() => new("agent", "The agents of an account.")
    {
        Add(),
        List(),
        Set(),
        Named("enable", "Let an agent log in again.", OperatorApi.EnableAgent, Print),
        Named("disable", "Lock an agent out and close his sockets.", OperatorApi.DisableAgent, Print),
        Password(),
        Named("keys", "Make four keys for an agent's program; they are shown once.", OperatorApi.AddKeys, Print),
    };

    private static Command Add()
    {
        var account = OperatorCommands.Account();
        var login = OperatorCommands.Login();
        var passwordStdin = OperatorCommands.PasswordStdin();
        var role = new Option<string>("--role") { Description = "What he may do.", HelpName = "agent|manager|admin", DefaultValueFactory = _ => "agent" };
        role.AcceptOnlyFromAmong("agent", "manager", "admin");
        var skills = new Option<string[]>("--skill") { Description = "A skill by name or id; repeatable.", HelpName = "SKILL" };
        var maxSlots = new Option<int?>("--max-slots") { Description = "Conversations he takes at once.", HelpName = "N" };
        var profile = OperatorCommands.Assignments("profile", $"{ProfileExample}.", ArgumentArity.ZeroOrMore);
        return new Command("add", "Add an agent.") { profile }.Runs(
            OperatorApi.AddAgent,
            parsed => new AddAgent(parsed.GetValue(account), parsed.GetValue(login)!)
            {
                Role = Enum.Parse<AgentRole>(parsed.GetValue(role)!, ignoreCase: true),
                Skills = parsed.GetValue(skills),
                MaxSlots = parsed.GetValue(maxSlots),
                Profile = OperatorCommands.Split(parsed.GetValue(profile)),
                Password = parsed.GetValue(passwordStdin) ? OperatorCommands.SecretFromInput() : null,
            },
            added =>
            {
                Print(new AgentList([added.Agent]));
                PrintPassword(added.Password);
            },
            account, login, role, skills, maxSlots, passwordStdin);
    }

    private static Command List()
    {
        var account = OperatorCommands.Account();
        return new Command("list", "List the agents.").Runs(
            OperatorApi.ListAgents, parsed => new AccountScope(parsed.GetValue(account)), Print, account);
    }

    private static Command Set()
    {
        var account = OperatorCommands.Account();
        var login = OperatorCommands.Login();
        var profile = OperatorCommands.Assignments("profile", $"{ProfileExample}; without a value the member is taken away.", ArgumentArity.OneOrMore);
        return new Command("set", "Change members of an agent's profile, his role, slots and skills with their priorities. A lower role logs him out.") { profile }.Runs(
            OperatorApi.ChangeAgent,
            parsed => new ChangeAgent(parsed.GetValue(account), parsed.GetValue(login)!, OperatorCommands.Split(parsed.GetValue(profile))),
            Print,
            account, login);
    }

    private static Command Password()
    {
        var account = OperatorCommands.Account();
        var login = OperatorCommands.Login();
        var passwordStdin = OperatorCommands.PasswordStdin();
        return new Command("password", "Set an agent's password and end his sessions.").Runs(
            OperatorApi.SetPassword,
            parsed => new SetPassword(
                parsed.GetValue(account), parsed.GetValue(login)!, parsed.GetValue(passwordStdin) ? OperatorCommands.SecretFromInput() : null),
            set => PrintPassword(set.Password),
            account, login, passwordStdin);
    }

    private static Command Named<TResult>(string name, string description, Operation<AgentName, TResult> operation, Action<TResult> print)
        where TResult : class
    {
        var account = OperatorCommands.Account();
        var login = OperatorCommands.Login();
        return new Command(name, description).Runs(
            operation, parsed => new AgentName(parsed.GetValue(account), parsed.GetValue(login)!), print, account, login);
    }

    private static void Print(AgentList list)
    {
        foreach (var agent in list.Agents)
        {
            Console.Out.WriteLine(
                $"{agent.Login,-24} {agent.Role.ToString().ToLowerInvariant(),-8} {(agent.Enabled ? "enabled" : "disabled"),-9} " +
                $"{agent.UserId,-24} {agent.Pid} slots {agent.MaxSlots} skills {(agent.Skills.Count == 0 ? "any" : string.Join(',', agent.Skills.Select(skill => WithPriority(agent, skill))))}" +
                $" {agent.UserType.ToString().ToLowerInvariant()} {agent.FullName}{(agent.Email is { } email ? $" <{email}>" : "")}");
        }
    }

    private static string WithPriority(AgentView agent, string skill) =>
        agent.SkillPriorities?.TryGetValue(skill, out var priority) == true ? string.Create(CultureInfo.InvariantCulture, $"{skill}:{priority}") : skill;

    private static void Print(AppKeys keys) => Console.Out.WriteLine(
        $"""
        LP_APP_KEY={keys.AppKey}
        LP_SECRET={keys.Secret}
        LP_ACCESS_TOKEN={keys.AccessToken}
        LP_ACCESS_TOKEN_SECRET={keys.AccessTokenSecret}
        """);

    private static void PrintPassword(string? generated)
    {
        if (generated is not null)
        {
            Console.Out.WriteLine($"Password (shown once): {generated}");
        }
    }
}
