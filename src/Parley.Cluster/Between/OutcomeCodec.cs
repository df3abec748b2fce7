using Parley.Conversations;
using Parley.Journal.Encoding;

namespace Parley.Cluster.Between;

/// <summary>An outcome on its way back to the node whose client waits for it.</summary>
internal static class OutcomeCodec
{
    public static void Write(ByteWriter to, Outcome outcome)
    {
        to.Byte((byte)outcome.Kind);
        if (outcome.Kind == OutcomeKind.Refused)
        {
            to.Byte((byte)outcome.Refusal!.Kind);
            to.Text(outcome.Refusal.Details);
        }
        else if (outcome.Kind == OutcomeKind.Done)
        {
            to.Flag(outcome.Message is not null);
            if (outcome.Message is { } message) MessageCodec.Write(to, message with { Body = [], Metadata = null, EncodedMetadata = null });
        }
    }

    /// <exception cref="FormatException">The bytes are no outcome, or one that this program does not know.</exception>
    public static Outcome Read(ref ByteReader from) => (OutcomeKind)from.Byte() switch
    {
        OutcomeKind.Done => new(OutcomeKind.Done, Message: from.Flag() ? MessageCodec.Read(ref from, hasEncodedMetadata: false) : null),
        OutcomeKind.Refused => new(OutcomeKind.Refused, new Refusal((RefusalKind)from.Byte(), from.RequiredText())),
        var kind and (OutcomeKind.Unavailable or OutcomeKind.Undecided or OutcomeKind.Moved) => new(kind),
        var kind => throw new FormatException($"Outcome {(byte)kind} is unknown: it was sent by a newer version."),
    };
}
