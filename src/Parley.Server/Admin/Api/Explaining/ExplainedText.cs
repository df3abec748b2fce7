using System.Globalization;
using System.Text;
using Parley.Server.Admin.Api.Live;

namespace Parley.Server.Admin.Api.Explaining;

/// <summary>An explanation in a few lines for people.</summary>
internal static class ExplainedText
{
    private const int MostNamed = 20;

    public static string Of(
        ExplainedState state, string? skillName, AgentRef? agent, QueueItem? place, IReadOnlyList<ExplainedRing> rings, IReadOnlyList<ExplainedAgent> candidates, long now)
    {
        var text = new StringBuilder();
        var skill = skillName is null ? "no skill" : $"the skill {skillName}";
        text.Append(state switch
        {
            ExplainedState.Closed => $"Closed; nobody is looked for. It had {skill}.",
            ExplainedState.Assigned => $"{agent!.Nickname} has it. It has {skill}.",
            _ when place is null => $"Nobody has it and nobody is looked for yet. It has {skill}.",
            _ => Waiting(state, skill, place),
        });
        foreach (var ring in rings)
        {
            text.Append('\n').Append(Clock(ring.OfferedTs)).Append(' ').Append(ring.Agent.Nickname).Append(": ").Append(Outcome(ring, now));
            if (ring.Why is { } why) text.Append("; why: ").Append(why);
        }

        if (candidates.Count > 0)
        {
            text.Append("\nWho could have it: ").AppendJoin("; ", candidates.Take(MostNamed).Select(candidate => $"{candidate.Agent.Nickname} {candidate.Verdict}"));
            if (candidates.Count > MostNamed) text.Append(CultureInfo.InvariantCulture, $"; and {candidates.Count - MostNamed} more");
        }
        else if (place is not null)
        {
            text.Append("\nNobody could have it: no agent has its skill.");
        }

        return text.ToString();
    }

    private static string Waiting(ExplainedState state, string skill, QueueItem place)
    {
        var whom = state == ExplainedState.Ringing ? $"rings {string.Join(", ", place.Ringing.Select(agent => agent.Nickname))}"
            : place.HandedTo is { } handed ? $"waits for {handed.Nickname} alone" : "waits";
        var urgency = place.Class == Urgency.Overdue ? "overdue" : $"{place.Class.ToString().ToLowerInvariant()}, due {Clock(place.Due)}";
        var estimate = place.EstimatedWaitSeconds is { } seconds ? string.Create(CultureInfo.InvariantCulture, $", probably {seconds} s more") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"It {whom} since {place.WaitedSeconds} s{estimate}: number {place.Position} of those with {skill} ({urgency}).");
    }

    private static string Outcome(ExplainedRing ring, long now) => string.Create(
        CultureInfo.InvariantCulture,
        $"{ring.State.ToString().ToLowerInvariant()} {(ring.EndedTs is { } ended ? $"after {Math.Max(0, ended - ring.OfferedTs) / 1000} s" : $"for {Math.Max(0, now - ring.OfferedTs) / 1000} s")}");

    private static string Clock(long timestamp) => DateTimeOffset.FromUnixTimeMilliseconds(timestamp).ToString("u", CultureInfo.InvariantCulture);
}
