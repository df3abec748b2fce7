using System.Collections.Concurrent;
using Orleans.Runtime;
using Parley.Journal.Postgres.Sharding;
using Parley.Server.Ownership;
using Parley.Server.Routing;

namespace Parley.Cluster.Between;

/// <summary>What nodes tell each other that is no event: that they are there, who is there with them, what agents say of themselves, who is typing.</summary>
internal sealed partial class ClusterNodes
{
    private static readonly TimeSpan PulseInterval = TimeSpan.FromSeconds(1);

    // Who says nothing for so long, and lives by the database, cannot be heard: what it decides is read there.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<SiloAddress, long> _heardAt = new();

    /// <summary>Since when the node was not heard that was not heard for longest; null when there is no other.</summary>
    public TimeSpan? Silence
    {
        get
        {
            TimeSpan? longest = null;
            foreach (var at in _heardAt.Values)
            {
                if (_time.GetElapsedTime(at) is var silence && !(silence < longest)) longest = silence;
            }

            return longest;
        }
    }

    public void TellPresence(in PresentUser user, bool isThere)
    {
        if (!HasListeners) return;
        var item = Begin(ItemKind.Presence);
        NewsCodec.Write(item, user, isThere);
        TellAll(item.Written);
    }

    public void TellState(string accountId, string agentPid, AgentAvailability state, long saidAt)
    {
        if (!HasListeners) return;
        var item = Begin(ItemKind.State);
        NewsCodec.Write(item, accountId, agentPid, state, saidAt);
        TellAll(item.Written);
    }

    public void TellChatState(string conversationId, string dialogId, string userId, PublishedParts parts)
    {
        if (!HasListeners) return;
        var item = Begin(ItemKind.ChatState);
        NewsCodec.Write(item, conversationId, dialogId, userId, parts);
        TellAll(item.Written);
    }

    // In a buffer of its own: something else is about to be said on this thread.
    public byte[]? Greeting() => NewsCodec.Present(_news!.Present());

    public void Began(SiloAddress receiver) => _news!.Greeted();

    private bool HasListeners => _shards.Others.Count > 0 || _links is { Open.Count: > 0 };

    // Who is told anything is told everything, also a node that does not live by the database, and asks: what it is answered must not come before what it should have heard.
    private void TellAll(ReadOnlySpan<byte> item)
    {
        var (others, links) = (_shards.Others, _links!);
        foreach (var node in others) links.Send(node, item);
        foreach (var node in links.Open)
        {
            if (!others.Contains(node)) links.Send(node, item);
        }
    }

    private void Pulse()
    {
        if (_links is null) return;
        TellAll([(byte)ItemKind.Alive]);
        var (others, now) = (_shards.Others, _time.GetTimestamp());
        foreach (var gone in _heardAt.Keys.Except(others))
        {
            // One that does not live by the database, but has said something since, is forgotten when it falls silent.
            if (_heardAt.TryGetValue(gone, out var at) && _time.GetElapsedTime(at, now) >= LongestSilence && _heardAt.TryRemove(KeyValuePair.Create(gone, at))) _ = ForgetAsync(gone);
        }

        foreach (var node in others)
        {
            if (_time.GetElapsedTime(_heardAt.GetOrAdd(node, now), now) < LongestSilence) continue;
            _heardAt[node] = now;
            ClusterMetrics.Silences.Add(1);
            _conversations.Abandon(id => node.Equals(_shards.OwnerOf(id)));
            _news!.Missed();
        }
    }

    // Whoever owned a shard has stored all he ever will when somebody else has taken it: whatever he could not tell is read then.
    private void OnMoved(ShardsMoved moved)
    {
        foreach (var node in moved.Gone) _ = ForgetAsync(node);
        _conversations.Abandon(id => moved.Shards.Contains(Shards.Of(id)) && !Decides(id));
        _news!.OwnersChanged();
        _news.Missed();
    }

    private void OnTaken() => _news!.OwnersChanged();

    // First whom it had is gone: if it lives after all, it begins anew behind that and says who is there.
    private Task ForgetAsync(SiloAddress node)
    {
        _news!.HearPresent(node.ToParsableString(), []);
        return _links!.ForgetAsync(node);
    }
}
