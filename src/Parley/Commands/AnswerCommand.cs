using System.CommandLine;
using Parley.Operators;
using Parley.Server.Admin.Api;
using Parley.Server.Admin.Api.Canned;

namespace Parley.Commands;

/// <summary><c>parley answer add|list|remove</c>.</summary>
internal static class AnswerCommand
{
    private const string Path = "canned-answers";

    private static readonly AdminJson Json = AdminJson.Default;

    public static Command Create() => new("answer", "The canned answers of an account, on a running server.") { Add(), List(), Remove() };

    private static Command Add()
    {
        var title = Text("--title", "What agents choose it by.", "TITLE", isRequired: true);
        var text = Text("--text", "What is inserted.", "TEXT", isRequired: true);
        var shortcut = Text("--shortcut", "What agents type to insert it.", "WORD");
        var skills = new Option<string[]>("--skill") { Description = "Only for agents with this skill, by id; repeatable.", HelpName = "ID" };
        var language = Text("--language", "A tag like en or pt-BR.", "TAG");
        var category = Text("--category", "What it is shown under.", "NAME");
        return new Command("add", "Add a canned answer.").Asks(
            async (account, parsed) => new AnswerList([await account.PostAsync(
                Path,
                new AnswerAdd
                {
                    Title = parsed.GetValue(title),
                    Text = parsed.GetValue(text),
                    Shortcut = parsed.GetValue(shortcut),
                    SkillIds = parsed.GetValue(skills),
                    Language = parsed.GetValue(language),
                    Category = parsed.GetValue(category),
                },
                Json.AnswerAdd,
                Json.CannedAnswer)]),
            () => Json.AnswerList,
            Print,
            title, text, shortcut, skills, language, category);
    }

    private static Command List() => new Command("list", "List the canned answers.").Asks((account, _) => account.GetAsync(Path, Json.AnswerList), () => Json.AnswerList, Print);

    private static Command Remove()
    {
        var id = Text("--id", "An existing answer's id.", "ID", isRequired: true);
        return new Command("remove", "Remove a canned answer.").Asks(
            async (account, parsed) =>
            {
                await account.DeleteAsync($"{Path}/{Uri.EscapeDataString(parsed.GetValue(id)!)}");
                return await account.GetAsync(Path, Json.AnswerList);
            },
            () => Json.AnswerList,
            Print,
            id);
    }

    private static Option<string?> Text(string name, string description, string help, bool isRequired = false) =>
        new(name) { Description = description, HelpName = help, Required = isRequired };

    private static void Print(AnswerList list)
    {
        foreach (var answer in list.Answers)
        {
            var skills = answer.SkillIds.Count == 0 ? "everybody" : string.Join(',', answer.SkillIds);
            Console.Out.WriteLine($"{answer.Id} {answer.Shortcut ?? "-",-16} {skills,-12} {answer.Title}");
        }
    }
}
