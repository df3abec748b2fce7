using System.Runtime.InteropServices;
using Parley.Conversations;
using Parley.Conversations.Events;

namespace Parley.Journal.Tails;

/// <summary>What was committed between two settlings. Not thread-safe until nothing is added any more.</summary>
internal sealed class TailGeneration
{
    // What an event costs in memory besides its packed bytes: the list slot, its share of the indexes and of a state.
    private const int Overhead = 100;

    private PackedEvents _packed = new();

    public Dictionary<string, TailDialog> Dialogs { get; } = [];

    /// <summary>The state of each changed conversation after the last group of its log.</summary>
    public Dictionary<string, Conversation> Conversations { get; } = [];

    /// <summary>The ids of <see cref="Conversations"/> by consumer: every new conversation asks for its consumer's others.</summary>
    public Dictionary<(string AccountId, string ConsumerId), HashSet<string>> ByConsumer { get; } = [];

    /// <summary>The last group contained of each log.</summary>
    public Dictionary<object, long> LastGroups { get; } = new(ReferenceEqualityComparer.Instance);

    public int Events { get; private set; }

    public long Bytes { get; private set; }

    public bool IsEmpty => Events == 0;

    public void Add(object log, long group, ConversationEvent[] events, Conversation stateAfter)
    {
        LastGroups[log] = group;
        ref var state = ref CollectionsMarshal.GetValueRefOrAddDefault(Conversations, stateAfter.Id, out _);
        if (state?.ConsumerId != stateAfter.ConsumerId) Index(stateAfter);
        state = stateAfter;
        foreach (var e in events)
        {
            Events++;
            Bytes += Overhead;
            if (e is not MessagePublished m) continue;

            var packed = _packed.Add(m);
            Bytes += packed.Length;
            ref var dialog = ref CollectionsMarshal.GetValueRefOrAddDefault(Dialogs, m.DialogId, out _);
            (dialog ??= new TailDialog(m.Sequence)).Add(m.OriginatorId, m.EventId, packed);
        }
    }

    /// <summary>The same without what is of a log. Events other than messages leave no trace but their state, so their count stays.</summary>
    public TailGeneration Without(object log, Predicate<string> isOfLog)
    {
        if (!LastGroups.ContainsKey(log)) return this;
        var rest = new TailGeneration { Events = Events, Bytes = Bytes, _packed = _packed };
        foreach (var (other, group) in LastGroups)
        {
            if (other != log) rest.LastGroups.Add(other, group);
        }

        foreach (var (id, state) in Conversations)
        {
            if (isOfLog(id)) continue;
            rest.Conversations.Add(id, state);
            rest.Index(state);
        }

        foreach (var (id, dialog) in Dialogs)
        {
            if (!isOfLog(DialogIds.ConversationOf(id))) rest.Dialogs.Add(id, dialog);
            else
            {
                foreach (var packed in dialog.Packed) rest.Bytes -= packed.Length + Overhead;
            }
        }

        return rest;
    }

    /// <summary>It is settled: nobody reads its messages again.</summary>
    public void Release() => _packed.Return();

    // Also under the id that the consumer had at first: who asks for that must find that the conversation went on.
    private void Index(Conversation conversation)
    {
        Index(conversation, conversation.Origin.ConsumerId);
        if (conversation.SteppedUpTo is { } consumerId) Index(conversation, consumerId);
    }

    private void Index(Conversation conversation, string consumerId)
    {
        var consumer = (conversation.AccountId, consumerId);
        if (!ByConsumer.TryGetValue(consumer, out var ids)) ByConsumer.Add(consumer, ids = []);
        ids.Add(conversation.Id);
    }
}
