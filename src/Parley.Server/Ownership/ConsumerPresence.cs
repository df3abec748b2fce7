using System.Collections.Concurrent;
using System.Threading.Channels;
using Parley.Conversations;
using Parley.Server.Gateway;

namespace Parley.Server.Ownership;

/// <summary>
/// Tells the agents of a consumer's open conversations when his first socket opens and when his last one is gone: chat
/// states of his that he did not send (protocol 10.2). All it needs is in memory: which conversations are open, as they
/// were at their last change of anything but messages, and who follows them now. Changes are told one after the other in
/// the order in which they happened, by a reader of their own: whoever reports one, under whatever lock, does not wait.
/// </summary>
internal sealed class ConsumerPresence
{
    private static readonly PublishedParts Active = new([.. """{"type":"ChatStateEvent","chatState":"ACTIVE"}"""u8], null, null);
    private static readonly PublishedParts Background = new([.. """{"type":"ChatStateEvent","chatState":"BACKGROUND"}"""u8], null, null);

    private readonly ConcurrentDictionary<(string AccountId, string ConsumerId), Conversation[]> _open = new();
    private readonly Channel<PresenceChange> _changes = Channel.CreateUnbounded<PresenceChange>(new() { SingleReader = true });
    private readonly Connections _connections;
    private readonly LiveConversations _conversations;
    private readonly UserNames _names;
    private readonly INodes _nodes;

    public ConsumerPresence(Connections connections, LiveConversations conversations, UserNames names, INodes nodes)
    {
        (_connections, _conversations, _names, _nodes) = (connections, conversations, names, nodes);
        connections.ConsumerPresenceChanged += change => _changes.Writer.TryWrite(change);
        _ = Task.Run(RunAsync);
    }

    /// <summary>More than the content of a conversation went from one committed state to another. Under its lock; never blocks.</summary>
    public void Observe(Conversation? before, Conversation after)
    {
        var hasMoved = before is not null && before.ConsumerId != after.ConsumerId;
        if (hasMoved) Forget(before!);
        if (after.Stage == Stage.Close)
        {
            Forget(after);
            return;
        }

        // What was read may be older than what was told meanwhile.
        _open.AddOrUpdate(
            Key(after), static (_, c) => [c], static (_, old, c) => old.Any(o => o.Id == c.Id && o.Version > c.Version) ? old : [.. old.Where(o => o.Id != c.Id), c], after);

        // Who signs in is there before his conversations are his (protocol 4.6).
        if (hasMoved) _changes.Writer.TryWrite(new(after.AccountId, after.ConsumerId, IsThere: true, after.Id));
    }

    /// <summary>He came to the first of the other nodes, or went from the last. Never blocks.</summary>
    public void ElsewhereChanged(in PresentUser consumer) =>
        _changes.Writer.TryWrite(new(consumer.AccountId, consumer.UserId, _connections.Elsewhere.Has(consumer)) { IsElsewhere = true });

    /// <summary>Whether an agent takes part in an open conversation of the consumer's, as one who writes with him.</summary>
    public bool IsServed(string accountId, string consumerId, string agentPid) =>
        _open.TryGetValue((accountId, consumerId), out var conversations)
        && conversations.Any(conversation => conversation.Main.Find(agentPid) is { State: ParticipantState.Active });

    /// <summary>What happens from now on is not told: it is the server that goes, not the consumers.</summary>
    public void Stop() => _changes.Writer.TryComplete();

    /// <summary>Sends the chat state to a conversation's agents. Under its lock if it has subscriptions.</summary>
    public void Send(ReadOnlySpan<MessageSubscription> subscriptions, Conversation conversation, in PresenceChange change)
    {
        var consumer = new Actor(change.ConsumerId, ActorKind.Consumer);
        foreach (var dialog in conversation.Dialogs)
        {
            if (Decider.RefuseChatState(conversation, consumer, dialog.Id) is not null) continue;
            var frames = new MessageFrames(_names, conversation);
            frames.SetChatState(dialog, dialog.Find(consumer.UserId)!, change.IsThere ? Active : Background);
            MessageFanOut.Send(_connections, subscriptions, conversation, dialog, ref frames, Audience.AgentsAndManagers, MessageKind.Content, except: null);
        }
    }

    private static (string, string) Key(Conversation conversation) => (conversation.AccountId, conversation.ConsumerId);

    private void Forget(Conversation conversation)
    {
        var key = Key(conversation);
        var left = _open.AddOrUpdate(key, static (_, _) => [], static (_, old, id) => [.. old.Where(o => o.Id != id)], conversation.Id);
        if (left.Length == 0) _open.TryRemove(KeyValuePair.Create(key, left));
    }

    private async Task RunAsync()
    {
        await foreach (var change in _changes.Reader.ReadAllAsync().ConfigureAwait(false)) Tell(change);
    }

    private void Tell(in PresenceChange change)
    {
        var consumer = new PresentUser(change.AccountId, change.ConsumerId, IsAgent: false);
        var (isHere, isElsewhere) = (_connections.HasConsumer(change.AccountId, change.ConsumerId), _connections.Elsewhere.Has(consumer));
        if (change is { IsElsewhere: false, ConversationId: null }) _nodes.TellPresence(consumer, change.IsThere);
        if (change.ConversationId is not null ? !isHere && !isElsewhere : change.IsElsewhere ? isHere : isElsewhere) return;
        if (!_open.TryGetValue((change.AccountId, change.ConsumerId), out var conversations)) return;
        foreach (var conversation in conversations)
        {
            if (change.ConversationId is { } only && only != conversation.Id) continue;
            if (_conversations.Find(conversation.Id) is { } live) live.TellPresence(this, conversation, change);
            else Send([], conversation, change);
        }
    }
}
