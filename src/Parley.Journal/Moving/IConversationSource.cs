using Parley.Conversations;

namespace Parley.Journal.Moving;

/// <summary>
/// All that a store holds of conversations, settled or not, one after the other in the order of its keys, to be taken somewhere else or to be compared. Nobody
/// writes to the store meanwhile.
/// </summary>
internal interface IConversationSource : IDisposable
{
    /// <summary>Changes with whatever is committed.</summary>
    long Position { get; }

    /// <summary>How many conversations are settled, for showing progress.</summary>
    long SettledConversations { get; }

    /// <summary>The conversations whose id comes after one, or all, by id.</summary>
    IEnumerable<Conversation> Conversations(string? after);

    /// <summary>The numbered events behind a place, or all, by place.</summary>
    IEnumerable<StoredEvent> Events(StoredPlace? after);
}
