namespace Parley.Journal.Moving;

/// <summary>The place of an event among all events of a store. Dialogs that carry messages have ids of the server's making: their order is the same in every store.</summary>
internal readonly record struct StoredPlace(string DialogId, long Sequence) : IComparable<StoredPlace>
{
    public int CompareTo(StoredPlace other) =>
        string.CompareOrdinal(DialogId, other.DialogId) is var order and not 0 ? order : Sequence.CompareTo(other.Sequence);
}
