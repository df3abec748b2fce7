using Microsoft.Extensions.Logging;
using Parley.Conversations;
using Parley.Conversations.Changes;
using Parley.Conversations.Commands;
using Parley.Journal;
using Parley.Server.Gateway;
using Parley.Server.Identity;
using Parley.Server.Ownership;

namespace Parley.Server.Lifecycle;

/// <summary>
/// Closes what nobody goes on with (protocol 15.4): conversations whose consumer has been silent for as long as their skill or the account
/// says, and surveys that nobody fills in.
/// </summary>
internal sealed class AutoClose : IDisposable
{
    private const int PageSize = 1000;
    private const int LooksUntilAll = 60;
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly Accounts _accounts;
    private readonly AgentDirectory _agents;
    private readonly IJournal _journal;
    private readonly LiveConversations _conversations;
    private readonly INodes _nodes;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ITimer _timer;

    // How far each account was looked at for each of its times. What was left open then stays open until something happens in it, which makes it newer:
    // it need not be read again every minute. All are read now and then, since the store may have refused, or been late.
    private readonly Dictionary<(string AccountId, int Minutes, bool IsForSurveys), long> _seen = [];
    private int _looks;
    private int _isLooking;

    public AutoClose(Accounts accounts, AgentDirectory agents, IJournal journal, LiveConversations conversations, INodes nodes, TimeProvider time, ILogger<AutoClose> log)
    {
        (_accounts, _agents, _journal, _conversations, _nodes, _time, _log) = (accounts, agents, journal, conversations, nodes, time, log);
        _timer = time.CreateTimer(_ => Look(), null, Every, Every);
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        if (Interlocked.Exchange(ref _isLooking, 1) == 1) return;
        try
        {
            if (_looks++ % LooksUntilAll == 0) _seen.Clear();
            foreach (var account in _accounts.All)
            {
                if (account.Enabled && _nodes.Routes(account.Id)) Look(account);
            }
        }
        catch (Exception e) // the next look must come
        {
            LogMessages.AutoCloseFailed(_log, e);
        }
        finally
        {
            Volatile.Write(ref _isLooking, 0);
        }
    }

    private void Look(Account account)
    {
        var bySkill = _agents.Skills(account.Id).Where(skill => skill.Settings.AutoCloseMinutes is not null).ToDictionary(skill => skill.Id, skill => skill.Settings.AutoCloseMinutes!.Value);
        foreach (var minutes in bySkill.Values.Append(account.Settings.AutoCloseMinutes).Distinct())
            Look(account, minutes, isForSurveys: false, (c, cutoff) => c.IsAbandoned(cutoff) && minutes == bySkill.GetValueOrDefault(c.SkillId ?? "", account.Settings.AutoCloseMinutes));
        Look(account, account.Settings.SurveyMinutes, isForSurveys: true, (c, _) => c.Main.State == Stage.Close);
    }

    private void Look(Account account, int minutes, bool isForSurveys, Func<Conversation, long, bool> isOver)
    {
        // In milliseconds: an operator who means "never" asks for more years than a date has.
        var cutoff = _time.GetUtcNow().ToUnixTimeMilliseconds() - minutes * 60_000L;
        var seen = _seen.GetValueOrDefault((account.Id, minutes, isForSurveys), long.MinValue);
        foreach (var conversation in Idle(account.Id, seen, cutoff))
        {
            if (isOver(conversation, cutoff)) Close(conversation);
        }

        _seen[(account.Id, minutes, isForSurveys)] = Math.Max(seen, cutoff);
    }

    // All open ones whose last event was between two times, some of them twice: each page begins with the time at which the one before it ended.
    private IEnumerable<Conversation> Idle(string accountId, long from, long through)
    {
        for (var limit = PageSize; ;)
        {
            var page = _journal.Query(new ConversationQuery(accountId) { Stage = Stage.Open, UpdatedFrom = from, UpdatedThrough = through, Limit = limit });
            foreach (var conversation in page) yield return conversation;
            if (page.Count < limit) yield break;
            var last = page[^1].LastTimestamp;
            if (last == through) limit *= 2; // a page of one time alone leads no further
            through = last;
        }
    }

    // Only in the state that was looked at: whatever came since goes on with it.
    private void Close(Conversation conversation) => _conversations.Execute(
        conversation.Id,
        conversation.AccountId,
        new ChangeConversation(Actor.System, [new CloseEverything("Closed after silence")]) { SystemReason = CloseReason.Timeout, OnlyAt = conversation.Version },
        NoReply.Instance);
}
