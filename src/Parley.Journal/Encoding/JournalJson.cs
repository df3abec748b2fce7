using System.Text.Json.Serialization;
using Parley.Conversations;
using Parley.Conversations.Events;

namespace Parley.Journal.Encoding;

/// <summary>The stored JSON of states and rare events. Enum members are numbers: the order of an enum is part of the format.</summary>
[JsonSourceGenerationOptions(
    IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(ContentLogConverter), typeof(MessageConverter)])]
[JsonSerializable(typeof(Conversation))]
[JsonSerializable(typeof(ConversationOpened))]
[JsonSerializable(typeof(ParticipantJoined))]
[JsonSerializable(typeof(ParticipantLeft))]
[JsonSerializable(typeof(DialogClosed))]
[JsonSerializable(typeof(ConversationClosed))]
[JsonSerializable(typeof(RingOffered))]
[JsonSerializable(typeof(RingResolved))]
[JsonSerializable(typeof(ChangeApplied))]
[JsonSerializable(typeof(DialogOpened))]
[JsonSerializable(typeof(DialogUpdated))]
[JsonSerializable(typeof(SkillChanged))]
[JsonSerializable(typeof(TtrChanged))]
[JsonSerializable(typeof(ManualEttrSet))]
[JsonSerializable(typeof(DelaySet))]
[JsonSerializable(typeof(ConversationRated))]
[JsonSerializable(typeof(FieldSet))]
[JsonSerializable(typeof(ConsumerChanged))]
[JsonSerializable(typeof(MetadataGiven))]
[JsonSerializable(typeof(AutoMessageSent))]
internal sealed partial class JournalJson : JsonSerializerContext;
