using System.Collections.Concurrent;
using Parley.Conversations;
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

    public void Dispose() => _timer.Dispose();

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
