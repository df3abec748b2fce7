using System.CommandLine;
using Parley.Operators;
using Parley.Server.Admin.Api;
using Parley.Server.Admin.Api.Live;

namespace Parley.Commands;

/// <summary><c>parley route explain|queue|agents</c>.</summary>
internal static class RouteCommand
{
    public static Command Create() => new("route", "How a running server gives conversations to agents.") { Explain(), Queue(), Agents() };

    private static Command Explain()
    {
        var conversation = new Argument<string>("conversation") { Description = "The conversation's id." };
        return new Command("explain", "Tell where a conversation stands, to whom it was offered and why, and why nobody has it now.") { conversation }.Asks(
            (account, parsed) => account.GetAsync($"routing/explain/{Uri.EscapeDataString(parsed.GetValue(conversation)!)}", AdminJson.Default.Explanation),
            () => AdminJson.Default.Explanation,
            explanation => Console.Out.WriteLine(explanation.Text));
    }

    private static Command Queue()
    {
        var skill = new Option<string?>("--skill") { Description = "Only conversations of this skill, by id.", HelpName = "ID" };
        var limit = new Option<int>("--limit") { Description = "How many (200).", HelpName = "N", DefaultValueFactory = _ => 200 };
        return new Command("queue", "List waiting conversations in the order in which they find an agent.").Asks(
            (account, parsed) => account.GetAsync(
                $"routing/queue?limit={parsed.GetValue(limit)}&skill={Uri.EscapeDataString(parsed.GetValue(skill) ?? "")}", AdminJson.Default.QueuePage),
            () => AdminJson.Default.QueuePage,
            Print,
            skill, limit);
    }

    private static Command Agents() => new Command("agents", "List what agents say of themselves and have on their hands.").Asks(
        (account, _) => account.GetAsync("routing/agents", AdminJson.Default.AgentsPage), () => AdminJson.Default.AgentsPage, Print);

    private static void Print(QueuePage page)
    {
        foreach (var item in page.Items)
        {
            var whom = item.Ringing.Count > 0 ? $" rings {string.Join(',', item.Ringing.Select(agent => agent.Nickname))}"
                : item.HandedTo is { } agent ? $" handed to {agent.Nickname}" : "";
            var estimate = item.EstimatedWaitSeconds is { } seconds ? $", {seconds} s more" : "";
            Console.Out.WriteLine(
                $"{item.ConversationId} {item.SkillId ?? "no skill",-10} {item.Class.ToString().ToLowerInvariant(),-11} number {item.Position}, waited {item.WaitedSeconds} s{estimate}{whom}");
        }

        Console.Out.WriteLine($"{page.Waiting} waiting, {page.Overdue} overdue");
    }

    private static void Print(AgentsPage page)
    {
        foreach (var agent in page.Agents)
        {
            var skills = agent.Skills.Count == 0 ? "any" : string.Join(',', agent.Skills.Select(skill => skill.Priority == 1 ? skill.Name : $"{skill.Name}:{skill.Priority}"));
            Console.Out.WriteLine(
                $"{agent.Login,-24} {agent.State,-9} {(agent.Connected ? "connected" : "absent"),-9} {agent.UsedSlots} of {agent.MaxSlots} slots, {agent.Rings} rings, skills {skills}");
        }
    }
}
