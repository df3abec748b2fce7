namespace Parley.Journal.Moving;

/// <summary>A numbered event as every store keeps it.</summary>
/// <param name="DialogId">The dialog.</param>
/// <param name="Sequence">Its number there.</param>
/// <param name="Packed">What <see cref="Encoding.MessageCodec"/> made of it.</param>
internal readonly record struct StoredEvent(string DialogId, long Sequence, ReadOnlyMemory<byte> Packed)
{
    /// <summary>Where it stands among all events of a store: by dialog, then by number.</summary>
    public StoredPlace Place => new(DialogId, Sequence);
}
