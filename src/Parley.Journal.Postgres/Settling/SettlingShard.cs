using Parley.Conversations;
using Parley.Journal.Postgres.Sharding;
using Parley.Journal.Tails;

namespace Parley.Journal.Postgres.Settling;

/// <summary>What a generation holds of one shard.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="LastOffset">The last block contained.</param>
internal sealed record SettlingShard(OwnedShard Shard, long LastOffset)
{
    public List<KeyValuePair<string, TailDialog>> Dialogs { get; } = [];

    public List<Conversation> Conversations { get; } = [];

    public int Rows => Conversations.Count + Dialogs.Sum(d => d.Value.Count);

    /// <summary>Divides a generation by shard, in ascending order.</summary>
    public static List<SettlingShard> Of(TailGeneration generation)
    {
        var parts = generation.LastGroups.Select(l => new SettlingShard((OwnedShard)l.Key, l.Value)).ToDictionary(p => p.Shard.Number);
        foreach (var dialog in generation.Dialogs.OrderBy(d => d.Key, StringComparer.Ordinal))
            parts[Shards.Of(DialogIds.ConversationOf(dialog.Key))].Dialogs.Add(dialog);
        foreach (var (id, state) in generation.Conversations) parts[Shards.Of(id)].Conversations.Add(state);
        return [.. parts.Values.OrderBy(p => p.Shard.Number)];
    }
}
