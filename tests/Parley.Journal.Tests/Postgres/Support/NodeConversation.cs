using Parley.Conversations;
using Parley.Conversations.Commands;
using Parley.Conversations.Events;
using Parley.Journal.Tests.Support;

namespace Parley.Journal.Tests.Postgres.Support;

/// <summary>Decides for one conversation on one node: loads it when it is wanted first, and gives up when it is told to.</summary>
internal sealed class NodeConversation(TestNode node, string id) : IConversationOwner
{
    public const string ConsumerId = "consumer-1";

    private readonly Lock _gate = new();
    private Conversation? _state;
    private bool _isLoaded, _isGone;

    public string Id => id;

    /// <summary>Publishes under an event id, unless that was done before; null when this object no longer decides.</summary>
    public TestEntry? TryPublish(string eventId)
    {
        lock (_gate)
        {
            if (_isGone) return null;
            if (!_isLoaded) _state = node.Journal.Load(id);
            _isLoaded = true;
            if (_state is null) Do(new OpenConversation(new ConversationOpened { ConversationId = id, AccountId = "account-1", ConsumerId = ConsumerId, Context = "{}" }, "agent-1"));
            if (node.Journal.FindByEventId(id, ConsumerId, eventId) is not null) return Append(new TestEntry(this, _state));
            return Do(new PublishMessage(new Actor(ConsumerId, ActorKind.Consumer), id, MessageKind.Content, Audience.All, TestConversation.Body(eventId)) { EventId = eventId });
        }
    }

    public void Abandon()
    {
        lock (_gate) _isGone = true;
        node.Forget(this);
    }

    private TestEntry Do(ConversationCommand command)
    {
        var decision = Decider.Decide(_state, command, 1000);
        _state = Evolution.Replay(_state, decision.Events);
        return Append(new TestEntry(this, _state, decision.Events));
    }

    private TestEntry Append(TestEntry entry)
    {
        node.Journal.Append(entry);
        return entry;
    }
}
