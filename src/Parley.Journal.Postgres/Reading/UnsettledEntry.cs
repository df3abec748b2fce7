using Parley.Conversations.Events;

namespace Parley.Journal.Postgres.Reading;

/// <summary>An entry read back from the journal's rows.</summary>
internal readonly record struct UnsettledEntry(int Shard, long Offset, string ConversationId, ConversationEvent[] Events);
