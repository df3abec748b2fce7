using Parley.Conversations;
using Parley.Journal.Encoding;
using Parley.Journal.Tails;

namespace Parley.Journal.Moving;

/// <summary>Divides what is moved into transactions.</summary>
/// <param name="MostRows">Of one batch.</param>
/// <param name="MostBytes">Of the packed events of one batch; it may be exceeded by one event.</param>
internal sealed record Batches(int MostRows = 20_000, int MostBytes = 8 << 20)
{
    public IEnumerable<TailGeneration> Of(IEnumerable<Conversation> conversations)
    {
        foreach (var some in conversations.Chunk(Math.Max(1, MostRows / 10)))
        {
            var batch = new TailGeneration();
            foreach (var conversation in some) batch.Conversations.Add(conversation.Id, conversation);
            yield return batch;
        }
    }

    /// <exception cref="InvalidDataException">A number is missing in a dialog.</exception>
    public IEnumerable<TailGeneration> Of(IEnumerable<StoredEvent> events)
    {
        var (batch, rows, bytes) = (new TailGeneration(), 0, 0);
        foreach (var e in events)
        {
            if (rows == MostRows || bytes > MostBytes)
            {
                yield return batch;
                (batch, rows, bytes) = (new TailGeneration(), 0, 0);
            }

            if (!batch.Dialogs.TryGetValue(e.DialogId, out var dialog)) batch.Dialogs.Add(e.DialogId, dialog = new TailDialog(e.Sequence));
            if (e.Sequence != dialog.FirstSequence + dialog.Count)
                throw new InvalidDataException($"Dialog {e.DialogId} has no event {dialog.FirstSequence + dialog.Count}, but one with number {e.Sequence}.");
            var (originatorId, eventId) = MessageCodec.ReadIds(e.Packed.Span);
            dialog.Add(originatorId, eventId, e.Packed);
            rows++;
            bytes += e.Packed.Length;
        }

        if (rows > 0) yield return batch;
    }
}
