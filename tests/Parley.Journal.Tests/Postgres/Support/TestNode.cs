using System.Collections.Concurrent;
using Parley.Journal.Postgres;
using Parley.Journal.Postgres.Sharding;
using Parley.Journal.Tests.Support;

namespace Parley.Journal.Tests.Postgres.Support;

/// <summary>A node as the server makes one: one object a conversation, given up with its shard.</summary>
internal sealed class TestNode
{
    private readonly ConcurrentDictionary<string, NodeConversation> _conversations = [];

    public TestNode(PostgresJournal journal)
    {
        Journal = journal;
        journal.ShardsChanged += change =>
        {
            foreach (var conversation in _conversations.Values)
            {
                if (change.Shards.Contains(Shards.Of(conversation.Id))) conversation.Abandon();
            }
        };
    }

    public PostgresJournal Journal { get; }

    /// <summary>Publishes under an event id, unless that was done before.</summary>
    public async Task<Outcome> Publish(string conversationId, string eventId)
    {
        while (true)
        {
            try
            {
                if (_conversations.GetOrAdd(conversationId, id => new NodeConversation(this, id)).TryPublish(eventId) is { } entry) return await entry.Outcome;
            }
            catch (JournalUnavailableException)
            {
                return Outcome.Refused;
            }
        }
    }

    public void Forget(NodeConversation conversation) => _conversations.TryRemove(KeyValuePair.Create(conversation.Id, conversation));
}
