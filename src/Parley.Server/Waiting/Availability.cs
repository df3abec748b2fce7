using System.Collections.Concurrent;
using Parley.Conversations.Routing;
using Parley.Server.Gateway;
using Parley.Server.Identity;

namespace Parley.Server.Waiting;

/// <summary>
/// Whether somebody is there, by account and skill. Anybody may ask as often as he likes: routing is asked at most every few
/// seconds, and what is kept is bounded by the skills there are.
/// </summary>
internal sealed class Availability(GatewayServices services)
{
    private const int EnoughAnswers = 3;

    private static readonly TimeSpan Keep = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(string AccountId, string? SkillId), (long At, Task<AvailabilityBody> Body)> _kept = new();

    /// <param name="account">An account that is enabled.</param>
    /// <param name="skillId">Whose agents are meant; of any skill when there is no such.</param>
    public Task<AvailabilityBody> OfAsync(Account account, string? skillId)
    {
        var key = (account.Id, skillId is not null && services.Agents.FindSkill(account.Id, skillId) is not null ? skillId : null);
        if (_kept.TryGetValue(key, out var kept) && services.Time.GetElapsedTime(kept.At) < Keep && !kept.Body.IsFaulted) return kept.Body;
        var body = ReadAsync(account, key.Item2);
        _kept[key] = (services.Time.GetTimestamp(), body);
        return body;
    }

    private async Task<AvailabilityBody> ReadAsync(Account account, string? skillId)
    {
        var (settings, router) = (account.Settings, services.Routing.Of(account.Id));
        var closure = services.Ownership.Rules.Of(account.Id, services.Time.GetUtcNow().ToUnixTimeMilliseconds()).Closure;
        var isThere = await router.ReadAsync((table, _, _) => table.Agents.Any(agent => agent.TakesNew(skillId)));
        var usual = closure is null && isThere ? await router.ReadTodayAsync(day => Usual(skillId is null ? day.Total : day.BySkill.GetValueOrDefault(skillId))) : null;
        return new(
            settings.BrandName, closure is null, closure?.Until, isThere, usual, settings.FileSharing, [.. settings.FileTypeNames], settings.FileBytes);
    }

    private static long? Usual(Tally? tally) => tally is { Answered: >= EnoughAnswers } ? tally.AnswerTotal / tally.Answered / 1000 : null;
}
