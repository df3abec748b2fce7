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
/// Closes what nobody goes on with (protocol 15.4): conversations whose consumer has been silent for as long as the account says, and surveys
/// that nobody fills in.
/// </summary>
internal sealed class AutoClose : IDisposable
{
    private const int PageSize = 1000;
    private const int LooksUntilAll = 60;
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly Accounts _accounts;
    private readonly IJournal _journal;
    private readonly LiveConversations _conversations;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ITimer _timer;

    // How far each account was looked at. What was left open then stays open until something happens in it, which makes it newer:
    // it need not be read again every minute. All are read now and then, since the store may have refused, or been late.
    private readonly Dictionary<string, (long Silent, long Unfilled)> _seen = [];
    private int _looks;
    private int _isLooking;

    public AutoClose(Accounts accounts, IJournal journal, LiveConversations conversations, TimeProvider time, ILogger<AutoClose> log)
    {
        (_accounts, _journal, _conversations, _time, _log) = (accounts, journal, conversations, time, log);
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
                if (account.Enabled) Look(account);
            }
        }
        catch (Exception e) // the next look must come
        {
            LogMessages.AutoCloseFailed(_log, e);
        }
        finally
        {
            Volatile.Write(ref _isLooking, 0);
            FlushBatch.Flush();
        }
    }

    private void Look(Account account)
    {
        // In milliseconds: an operator who means "never" asks for more years than a date has.
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var silent = now - account.Settings.AutoCloseMinutes * 60_000L;
        var unfilled = now - account.Settings.SurveyMinutes * 60_000L;
        var seen = _seen.GetValueOrDefault(account.Id, (Silent: long.MinValue, Unfilled: long.MinValue));
        foreach (var conversation in Idle(account.Id, seen.Silent, silent))
        {
            if (conversation.IsAbandoned(silent)) Close(conversation);
        }

        foreach (var conversation in Idle(account.Id, seen.Unfilled, unfilled))
        {
            if (conversation.Main.State == Stage.Close) Close(conversation);
        }

        _seen[account.Id] = (Math.Max(seen.Silent, silent), Math.Max(seen.Unfilled, unfilled));
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
