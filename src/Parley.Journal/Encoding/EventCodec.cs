using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parley.Conversations.Events;

namespace Parley.Journal.Encoding;

/// <summary>An event as a tag byte and its content: packed for messages, JSON for the rare others. Tags are never given to another type.</summary>
internal static class EventCodec
{
    private const byte Message = 1, Opened = 2, Joined = 3, Left = 4, DialogEnded = 5, Closed = 6, Offered = 7, Resolved = 8, Change = 9, EncodedMessage = 100;

    public static void Write(ByteWriter to, ConversationEvent e)
    {
        switch (e)
        {
            case MessagePublished m:
                to.Byte(m.EncodedMetadata is null ? Message : EncodedMessage);
                MessageCodec.Write(to, m);
                break;
            case ConversationOpened o: Json(to, Opened, o, JournalJson.Default.ConversationOpened); break;
            case ParticipantJoined j: Json(to, Joined, j, JournalJson.Default.ParticipantJoined); break;
            case ParticipantLeft l: Json(to, Left, l, JournalJson.Default.ParticipantLeft); break;
            case DialogClosed d: Json(to, DialogEnded, d, JournalJson.Default.DialogClosed); break;
            case ConversationClosed c: Json(to, Closed, c, JournalJson.Default.ConversationClosed); break;
            case RingOffered r: Json(to, Offered, r, JournalJson.Default.RingOffered); break;
            case RingResolved r: Json(to, Resolved, r, JournalJson.Default.RingResolved); break;
            case ChangeApplied c: Json(to, Change, c, JournalJson.Default.ChangeApplied); break;
            default: throw new NotSupportedException($"The journal has no form for {e.GetType().Name}.");
        }
    }

    /// <exception cref="FormatException">The bytes are no event, or one of a type this program does not know.</exception>
    public static ConversationEvent Read(ref ByteReader from) => from.Byte() switch
    {
        Message => MessageCodec.Read(ref from, hasEncodedMetadata: false),
        EncodedMessage => MessageCodec.Read(ref from, hasEncodedMetadata: true),
        Opened => Json(ref from, JournalJson.Default.ConversationOpened),
        Joined => Json(ref from, JournalJson.Default.ParticipantJoined),
        Left => Json(ref from, JournalJson.Default.ParticipantLeft),
        DialogEnded => Json(ref from, JournalJson.Default.DialogClosed),
        Closed => Json(ref from, JournalJson.Default.ConversationClosed),
        Offered => Json(ref from, JournalJson.Default.RingOffered),
        Resolved => Json(ref from, JournalJson.Default.RingResolved),
        Change => Json(ref from, JournalJson.Default.ChangeApplied),
        var tag => throw new FormatException($"Event tag {tag} is unknown: the journal was written by a newer version."),
    };

    private static void Json<T>(ByteWriter to, byte tag, T value, JsonTypeInfo<T> type)
    {
        to.Byte(tag);
        to.Bytes(JsonSerializer.SerializeToUtf8Bytes(value, type));
    }

    private static T Json<T>(ref ByteReader from, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(from.Bytes(out _), type) ?? throw new FormatException($"A {typeof(T).Name} is null.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"A {typeof(T).Name} is unreadable.", e);
        }
    }
}
