using Parley.Conversations;
using Parley.Journal.Tails;

namespace Parley.Journal.Moving;

/// <summary>What was committed and not settled, laid over what was. It is bounded as the tail it comes from is.</summary>
internal sealed class UnsettledContent(Tail tail)
{
    private readonly TailGeneration _content = tail.BeginSettling() ?? new TailGeneration();

    /// <param name="settled">By id, behind <paramref name="after"/>.</param>
    /// <param name="after">Those that come after this one.</param>
    public IEnumerable<Conversation> Over(IEnumerable<Conversation> settled, string? after) => Merge(
        settled,
        _content.Conversations.Values.Where(c => string.CompareOrdinal(c.Id, after) > 0).OrderBy(c => c.Id, StringComparer.Ordinal),
        (one, other) => string.CompareOrdinal(one.Id, other.Id));

    /// <param name="settled">By place, behind <paramref name="after"/>.</param>
    /// <param name="after">Those behind this one.</param>
    public IEnumerable<StoredEvent> Over(IEnumerable<StoredEvent> settled, StoredPlace? after) => Merge(
        settled,
        _content.Dialogs.OrderBy(d => d.Key, StringComparer.Ordinal).SelectMany(d => Events(d.Key, d.Value)).Where(e => after is not { } place || e.Place.CompareTo(place) > 0),
        (one, other) => one.Place.CompareTo(other.Place));

    private static IEnumerable<StoredEvent> Events(string dialogId, TailDialog dialog)
    {
        for (var i = 0; i < dialog.Count; i++) yield return new StoredEvent(dialogId, dialog.FirstSequence + i, dialog.Packed[i]);
    }

    // Both ascending; what the tail has is the newer.
    private static IEnumerable<T> Merge<T>(IEnumerable<T> settled, IEnumerable<T> unsettled, Comparison<T> compare)
    {
        using var newer = unsettled.GetEnumerator();
        var hasNewer = newer.MoveNext();
        foreach (var older in settled)
        {
            var order = -1;
            while (hasNewer && (order = compare(older, newer.Current)) >= 0)
            {
                yield return newer.Current;
                hasNewer = newer.MoveNext();
                if (order == 0) break;
            }

            if (order != 0) yield return older;
        }

        for (; hasNewer; hasNewer = newer.MoveNext()) yield return newer.Current;
    }
}
