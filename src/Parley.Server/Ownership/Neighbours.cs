using Microsoft.Extensions.Logging;
using Parley.Journal;
using Parley.Server.Gateway;
using Parley.Server.Lists;
using Parley.Server.Routing;

namespace Parley.Server.Ownership;

/// <summary>What other nodes tell beside events, taken to whom it concerns here.</summary>
internal sealed class Neighbours(
    Connections connections, LiveConversations conversations, ConsumerPresence presence, Router router, ListFanOut lists, IJournal journal, TimeProvider time, ILogger log) : INodeNews, IDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _end = new();
    private int _missed; // 0: nothing to look at; 1: it is being looked at; 2: and has to be again

    public IReadOnlyCollection<PresentUser> Present() => connections.Present();

    public void Greeted() => router.TellStates();

    public void HearPresence(string node, in PresentUser user, bool isThere)
    {
        if (connections.Elsewhere.Set(node, user, isThere)) Changed(user);
    }

    public void HearPresent(string node, IReadOnlyCollection<PresentUser> users)
    {
        foreach (var user in connections.Elsewhere.Replace(node, users)) Changed(user);
    }

    public void HearState(string accountId, string agentPid, AgentAvailability state, long saidAt) => router.Of(accountId).HearState(agentPid, state, saidAt);

    // One that is not in memory has to be read first; nobody waits for that.
    public void HearChatState(string conversationId, string dialogId, string userId, PublishedParts parts)
    {
        if (conversations.Find(conversationId) is { } live) live.DistributeChatState(userId, dialogId, parts, sender: null);
        else _ = Task.Run(() => conversations.LookAtCommitted(conversationId, null, _ => () => conversations.Get(conversationId).DistributeChatState(userId, dialogId, parts, sender: null), () => { }));
    }

    public void OwnersChanged() => router.OwnersChanged();

    public void Missed()
    {
        if (Interlocked.Exchange(ref _missed, 2) == 0) _ = Task.Run(LookAsync);
    }

    public void Dispose() => _end.Cancel();

    private void Changed(in PresentUser user)
    {
        if (user.IsAgent) router.Of(user.AccountId).ElsewhereChanged(user.UserId);
        else presence.ElsewhereChanged(user);
    }

    // What is heard meanwhile is newer than what is read: whoever is told compares.
    private async Task LookAsync()
    {
        do
        {
            Volatile.Write(ref _missed, 1);
            if (TryLook()) continue;
            await Task.Delay(RetryDelay, time, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Volatile.Write(ref _missed, 2);
        }
        while (!_end.IsCancellationRequested && Interlocked.CompareExchange(ref _missed, 0, 1) != 1);
    }

    private bool TryLook()
    {
        try
        {
            router.Recheck(presence);
            return lists.TryRefresh(journal);
        }
        catch (Exception e) // it must be looked at some time
        {
            LogMessages.NotLookedAt(log, e);
            return false;
        }
    }
}
