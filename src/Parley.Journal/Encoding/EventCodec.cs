using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parley.Conversations.Events;

namespace Parley.Journal.Encoding;

/// <summary>An event as a tag byte and its content: packed for messages, JSON for the rare others. Tags are never given to another type.</summary>
internal static class EventCodec
{
    private const byte Message = 1, Opened = 2, Joined = 3, Left = 4, DialogEnded = 5, Closed = 6, Offered = 7, Resolved = 8, Change = 9,
        DialogBegan = 10, DialogMeta = 11, Skill = 12, Promise = 13, Manual = 14, Pause = 15, Rated = 16, Field = 17, Consumer = 18, Meta = 19, Automatic = 20, EncodedMessage = 100;

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
            case DialogOpened x: Json(to, DialogBegan, x, JournalJson.Default.DialogOpened); break;
            case DialogUpdated x: Json(to, DialogMeta, x, JournalJson.Default.DialogUpdated); break;
            case SkillChanged x: Json(to, Skill, x, JournalJson.Default.SkillChanged); break;
            case TtrChanged x: Json(to, Promise, x, JournalJson.Default.TtrChanged); break;
            case ManualEttrSet x: Json(to, Manual, x, JournalJson.Default.ManualEttrSet); break;
            case DelaySet x: Json(to, Pause, x, JournalJson.Default.DelaySet); break;
            case ConversationRated x: Json(to, Rated, x, JournalJson.Default.ConversationRated); break;
            case FieldSet x: Json(to, Field, x, JournalJson.Default.FieldSet); break;
            case MetadataGiven x: Json(to, Meta, x, JournalJson.Default.MetadataGiven); break;
            case ConsumerChanged x: Json(to, Consumer, x, JournalJson.Default.ConsumerChanged); break;
            case AutoMessageSent x: Json(to, Automatic, x, JournalJson.Default.AutoMessageSent); break;
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
        DialogBegan => Json(ref from, JournalJson.Default.DialogOpened),
        DialogMeta => Json(ref from, JournalJson.Default.DialogUpdated),
        Skill => Json(ref from, JournalJson.Default.SkillChanged),
        Promise => Json(ref from, JournalJson.Default.TtrChanged),
        Manual => Json(ref from, JournalJson.Default.ManualEttrSet),
        Pause => Json(ref from, JournalJson.Default.DelaySet),
        Rated => Json(ref from, JournalJson.Default.ConversationRated),
        Field => Json(ref from, JournalJson.Default.FieldSet),
        Meta => Json(ref from, JournalJson.Default.MetadataGiven),
        Consumer => Json(ref from, JournalJson.Default.ConsumerChanged),
        Automatic => Json(ref from, JournalJson.Default.AutoMessageSent),
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
