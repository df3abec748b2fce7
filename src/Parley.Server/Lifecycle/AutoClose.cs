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
    private const int MostAtOnce = 1000;
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly Accounts _accounts;
    private readonly IJournal _journal;
    private readonly LiveConversations _conversations;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ITimer _timer;
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
        var idle = new ConversationQuery(account.Id) { Stage = Stage.Open, UpdatedThrough = Math.Max(silent, unfilled), Limit = MostAtOnce };
        foreach (var conversation in _journal.Query(idle))
        {
            if (conversation.IsAbandoned(silent) || (conversation.Main.State == Stage.Close && conversation.LastTimestamp <= unfilled)) Close(conversation);
        }
    }

    // Only in the state that was looked at: whatever came since goes on with it.
    private void Close(Conversation conversation) => _conversations.Execute(
        conversation.Id,
        conversation.AccountId,
        new ChangeConversation(Actor.System, [new CloseEverything("Closed after silence")]) { SystemReason = CloseReason.Timeout, OnlyAt = conversation.Version },
        NoReply.Instance);
}
