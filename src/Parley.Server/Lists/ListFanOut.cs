using System.Collections.Concurrent;
using Parley.Conversations;
using Parley.Journal;
using Parley.Server.Gateway;
using Parley.Server.Ownership;

namespace Parley.Server.Lists;

/// <summary>Takes changes of conversations to the lists that show them (protocol 8.4), found by consumer, agent or account.</summary>
internal sealed class ListFanOut : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    // Kinds: c a consumer's own list, b a brand's list of one consumer, g of an agent, a of the whole account.
    private readonly ConcurrentDictionary<(string AccountId, char Kind, string Key), ListSubscription[]> _index = new();
    private readonly ConcurrentDictionary<ListSubscription, byte> _delayed = new();
    private readonly UserNames _names;
    private readonly ITimer _timer;
    private int _count;

    public ListFanOut(UserNames names, TimeProvider time)
    {
        _names = names;
        _timer = time.CreateTimer(_ => SendDelayed(), null, Tick, Tick);
    }

    public void Add(ListSubscription subscription)
    {
        Interlocked.Increment(ref _count);
        foreach (var key in Keys(subscription.Match)) _index.AddOrUpdate(key, _ => [subscription], (_, old) => [.. old, subscription]);
    }

    public void Remove(ListSubscription subscription)
    {
        subscription.End();
        Interlocked.Decrement(ref _count);
        foreach (var key in Keys(subscription.Match))
        {
            var left = _index.AddOrUpdate(key, _ => [], (_, old) => [.. old.Where(s => s != subscription)]);
            if (left.Length == 0) _index.TryRemove(KeyValuePair.Create(key, left));
        }
    }

    /// <summary>A conversation went from one committed state to another. Under its lock, before its messages are delivered.</summary>
    public void Changed(Conversation? before, Conversation after, bool isContentOnly)
    {
        if (Volatile.Read(ref _count) == 0) return;
        var record = default(RecordFrames);

        // Consumers are told of content by their message subscriptions alone.
        if (!isContentOnly) Offer(after.AccountId, 'c', after.ConsumerId, after, isContentOnly, ref record);
        if (before is not null && before.ConsumerId != after.ConsumerId) Offer(after.AccountId, 'c', before.ConsumerId, after, isContentOnly, ref record);
        Offer(after.AccountId, 'b', after.ConsumerId, after, isContentOnly, ref record);
        Offer(after.AccountId, 'a', "", after, isContentOnly, ref record);
        foreach (var dialog in after.Dialogs) OfferToAgents(dialog, after, isContentOnly, ref record);
        if (isContentOnly || before is null) return;
        foreach (var dialog in before.Dialogs)
        {
            if (!ReferenceEquals(dialog.Participants, after.FindDialog(dialog.Id)?.Participants)) OfferToAgents(dialog, after, isContentOnly, ref record);
        }
    }

    /// <summary>Reads all lists again and sends what was not heard; slow, for when something was missed.</summary>
    /// <returns>False when one could not be read, or was just being read: it must be done again.</returns>
    public bool TryRefresh(IJournal journal)
    {
        var isDone = true;
        foreach (var subscription in _index.Values.SelectMany(subscriptions => subscriptions).Distinct()) isDone &= TryRefresh(subscription, journal);
        return isDone;
    }

    public void Dispose() => _timer.Dispose();

    private bool TryRefresh(ListSubscription subscription, IJournal journal)
    {
        if (subscription.HasEnded) return true;
        if (!subscription.TryGather()) return false;
        IReadOnlyList<RecordFrames>? stored = null;
        try
        {
            stored = [.. journal.Query(subscription.Match.Query(subscription.Limit)).Select(c => new RecordFrames(_names, c))];
        }
        catch (JournalUnavailableException)
        {
            // What was gathered is sent, and no more.
        }

        using var batch = FlushBatch.Begin();
        return subscription.TrySendMissing(stored, _names, journal.Load);
    }

    private void OfferToAgents(Dialog dialog, Conversation after, bool isContentOnly, ref RecordFrames? record)
    {
        foreach (var participant in dialog.Participants)
        {
            if (participant.Role != Role.Consumer) Offer(after.AccountId, 'g', participant.UserId, after, isContentOnly, ref record);
        }
    }

    private void Offer(string accountId, char kind, string key, Conversation after, bool isContentOnly, ref RecordFrames? record)
    {
        if (!_index.TryGetValue((accountId, kind, key), out var subscriptions)) return;
        foreach (var subscription in subscriptions)
        {
            record ??= new RecordFrames(_names, after);
            if (subscription.Changed(record, isContentOnly)) _delayed[subscription] = 0;
        }
    }

    // A list by consumer or agent is found under him, by both under both, any other under its account.
    private static IEnumerable<(string, char, string)> Keys(ListMatch match) =>
        match.AgentPids is { } pids ? pids.Select(pid => (match.AccountId, 'g', pid)).Concat(match.ConsumerId is { } served ? [(match.AccountId, 'b', served)] : [])
        : match.ConsumerId is { } consumer ? [(match.AccountId, match.IsBrand ? 'b' : 'c', consumer)]
        : [(match.AccountId, 'a', "")];

    private void SendDelayed()
    {
        using var batch = FlushBatch.Begin();
        foreach (var subscription in _delayed.Keys)
        {
            _delayed.TryRemove(subscription, out _);
            if (subscription.SendDelayed(_names)) _delayed[subscription] = 0;
        }
    }
}
