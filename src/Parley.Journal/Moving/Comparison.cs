using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Parley.Conversations;
using Parley.Journal.Encoding;

namespace Parley.Journal.Moving;

/// <summary>Reads two stores side by side, conversation by conversation and dialog by dialog, and names the first difference.</summary>
/// <param name="progress">Told now and then how many rows are compared.</param>
/// <exception cref="InvalidDataException">They differ.</exception>
internal sealed class Comparison(Action<long> progress)
{
    private const int TellEvery = 10_000;

    /// <summary>How many rows tell who takes part in the conversations that were compared.</summary>
    public long Participations { get; private set; }

    /// <summary>How many of the events that were compared have an id from their publisher.</summary>
    public long EventIds { get; private set; }

    /// <summary>How many events there are by the states of the conversations that were compared.</summary>
    public long EventsByState { get; private set; }

    /// <summary>Compares states as a server would read them.</summary>
    public ContentSum Conversations(IConversationSource source, IConversationSource target) => Compare(
        "Conversation",
        source.Conversations(null).Select(c =>
        {
            Participations += c.AgentIds.Count();
            EventsByState += c.Dialogs.Sum(d => d.NextSequence);
            return Summary(c);
        }),
        target.Conversations(null).Select(Summary));

    /// <summary>Compares what is stored of events, byte by byte.</summary>
    public ContentSum Events(IConversationSource source, IConversationSource target) => Compare(
        "Dialog",
        Dialogs(source.Events(null).Select(e =>
        {
            if (MessageCodec.ReadIds(e.Packed.Span).EventId is not null) EventIds++;
            return e;
        })),
        Dialogs(target.Events(null)));

    private static (string Id, long Rows, byte[] Hash) Summary(Conversation conversation) =>
        (conversation.Id, 1, SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(conversation, JournalJson.Default.Conversation)));

    private static IEnumerable<(string Id, long Rows, byte[] Hash)> Dialogs(IEnumerable<StoredEvent> events)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var head = new byte[16];
        var (id, rows) = ("", 0L);
        foreach (var e in events)
        {
            if (e.DialogId != id)
            {
                if (rows > 0) yield return (id, rows, hash.GetHashAndReset());
                (id, rows) = (e.DialogId, 0);
            }

            rows++;
            BinaryPrimitives.WriteInt64LittleEndian(head, e.Sequence);
            BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(8), e.Packed.Length);
            hash.AppendData(head);
            hash.AppendData(e.Packed.Span);
        }

        if (rows > 0) yield return (id, rows, hash.GetHashAndReset());
    }

    private ContentSum Compare(string what, IEnumerable<(string Id, long Rows, byte[] Hash)> source, IEnumerable<(string Id, long Rows, byte[] Hash)> target)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var there = target.GetEnumerator();
        var (total, told) = (0L, 0L);
        foreach (var (id, rows, hash) in source)
        {
            if (!there.MoveNext()) throw Differs(id, $"is missing in the target");
            var order = string.CompareOrdinal(id, there.Current.Id);
            if (order != 0) throw order < 0 ? Differs(id, "is missing in the target") : Differs(there.Current.Id, "is in the target alone");
            if (rows != there.Current.Rows) throw Differs(id, $"has {rows} events in the source and {there.Current.Rows} in the target");
            if (!hash.AsSpan().SequenceEqual(there.Current.Hash)) throw Differs(id, "is another one in the target");
            all.AppendData(System.Text.Encoding.UTF8.GetBytes(id));
            all.AppendData(hash);
            total += rows;
            if (total - told < TellEvery) continue;
            progress(told = total);
        }

        if (there.MoveNext()) throw Differs(there.Current.Id, "is in the target alone");
        return new ContentSum(total, Convert.ToHexStringLower(all.GetHashAndReset())[..16]);

        InvalidDataException Differs(string id, string how) => new($"{what} {id} {how}.");
    }
}
