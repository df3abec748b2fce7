using System.CommandLine;
using System.Text.Json;
using Parley.Operators;
using Parley.Server.Admin;

namespace Parley.Commands;

/// <summary><c>parley skill add|list|set|remove</c>.</summary>
internal static class SkillCommand
{
    private const string Example = "NAME=VALUE, e.g. ringAgents=3 waitTargetSeconds=60 fallbackSkillId=1002 autoAccept=true";

    public static Command Create() => new("skill", "The skills of an account: what conversations ask for and agents have.") { Add(), List(), Set(), Remove() };

    private static Command Add()
    {
        var account = OperatorCommands.Account();
        var name = new Option<string>("--name") { Description = "What it is called, unique in the account.", HelpName = "NAME", Required = true };
        var id = new Option<string?>("--id") { Description = "Its id, digits; the next free number by default.", HelpName = "ID" };
        var settings = OperatorCommands.Assignments("settings", $"{Example}.", ArgumentArity.ZeroOrMore);
        return new Command("add", "Add a skill.") { settings }.Runs(
            OperatorApi.AddSkill,
            parsed => new AddSkill(parsed.GetValue(account), parsed.GetValue(name)!) { Id = parsed.GetValue(id), Settings = OperatorCommands.Split(parsed.GetValue(settings)) },
            Print,
            account, name, id);
    }

    private static Command List()
    {
        var account = OperatorCommands.Account();
        return new Command("list", "List the skills.").Runs(OperatorApi.ListSkills, parsed => new AccountScope(parsed.GetValue(account)), Print, account);
    }

    private static Command Set()
    {
        var account = OperatorCommands.Account();
        var skill = Skill();
        var settings = OperatorCommands.Assignments("settings", $"name=NAME or {Example}; without a value the default returns.", ArgumentArity.OneOrMore);
        return new Command("set", "Change a skill's name and how its conversations are given to agents.") { settings }.Runs(
            OperatorApi.ChangeSkill,
            parsed => new ChangeSkill(parsed.GetValue(account), parsed.GetValue(skill)!, OperatorCommands.Split(parsed.GetValue(settings))),
            Print,
            account, skill);
    }

    private static Command Remove()
    {
        var account = OperatorCommands.Account();
        var skill = Skill();
        return new Command("remove", "Remove a skill that nothing needs any more.").Runs(
            OperatorApi.RemoveSkill, parsed => new SkillName(parsed.GetValue(account), parsed.GetValue(skill)!), Print, account, skill);
    }

    private static Option<string> Skill() => new("--skill") { Description = "An existing skill, by id or name.", HelpName = "SKILL", Required = true };

    private static void Print(SkillList list)
    {
        foreach (var skill in list.Skills)
        {
            var settings = JsonSerializer.SerializeToElement(skill.Settings, OperatorJson.Default.SkillSettings).EnumerateObject()
                .Select(setting => $"{setting.Name}={(setting.Value.ValueKind == JsonValueKind.String ? setting.Value.GetString() : setting.Value.GetRawText())}");
            Console.Out.WriteLine($"{skill.Id,-10} {skill.Name,-24} {string.Join(' ', settings)}");
        }
    }
}
