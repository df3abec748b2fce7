using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Parley.Conversations;
using Parley.Server.Hours;
using Parley.Server.Identity;

namespace Parley.Server.Ownership;

/// <summary>
/// What accounts decided, as conversations follow it now. Every command asks: it is made anew only when an operator has changed
/// something, or working hours begin or end.
/// </summary>
internal sealed class BrandRulebook(IdentityServices identity, ILogger log)
{
    private sealed record Page(AccountRevision Revision, long From, long Until, BrandRules Rules);

    private readonly ConcurrentDictionary<string, Page> _pages = new(StringComparer.Ordinal);

    /// <summary>The rules of an account at a time (epoch milliseconds).</summary>
    public BrandRules Of(string accountId, long now)
    {
        // The revision first, so that what is kept under it is not older.
        var revision = identity.Revisions.Of(accountId);
        if (_pages.TryGetValue(accountId, out var page) && ReferenceEquals(page.Revision, revision) && now >= page.From && now < page.Until) return page.Rules;
        if (identity.Accounts.Find(accountId) is not { } account) return BrandRules.None;
        var (from, until, closure, opensAt) = Hours(account, now);
        var promises = account.Settings.Promises;
        var rules = new BrandRules
        {
            Closure = closure,
            Promises = promises,
            SkillPromises = identity.Agents.Skills(accountId).ToDictionary(skill => skill.Id, skill => skill.Settings.PromisesOr(promises)),
            AutoMessages = AutoMessageText.All(account.Settings, opensAt),
            AutoMessagesToAll = account.Settings.AutomaticMessagesToAll,
        };
        _pages[accountId] = new Page(revision, from, until, rules);
        return rules;
    }

    private (long From, long Until, Closure? Closure, DateTime? OpensAt) Hours(Account account, long now)
    {
        if (account.Settings.WorkingHours is not { } hours) return (long.MinValue, long.MaxValue, null, null);
        try
        {
            var schedule = Schedule.Of(hours);
            var shift = schedule.At(now);
            return (shift.Since, shift.Until, schedule.ClosureAt(now), schedule.WallClock(shift.Until));
        }
        catch (RefusedException e) // a time zone that this machine does not know
        {
            LogMessages.HoursUnreadable(log, e, account.Id);
            return (long.MinValue, long.MaxValue, null, null);
        }
    }
}
