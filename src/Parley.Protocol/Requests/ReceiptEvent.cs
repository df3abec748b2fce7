namespace Parley.Protocol.Requests;

/// <summary>The event of a receipt (protocol 10.2).</summary>
public static class ReceiptEvent
{
    private const string List = "sequenceList";

    /// <summary>The numbers it names, in whatever form.</summary>
    public static IEnumerable<long> Sequences(ReadOnlySpan<byte> json) => Lenient.Parse(json).Member(List).Items().Select(n => n.Integer()).OfType<long>();

    /// <summary>The same event with these numbers, as a real list and once: clients go through it (protocol 25.5).</summary>
    public static byte[] WithSequences(ReadOnlySpan<byte> json, IEnumerable<long> sequences) => ObjectCopy.Of(
        json,
        member => !member.NameEquals(List),
        writer =>
        {
            writer.WriteStartArray(List);
            foreach (var sequence in sequences) writer.WriteNumberValue(sequence);
            writer.WriteEndArray();
        });
}
