using Parley.Protocol.Envelope;
using Parley.Protocol.Records;

namespace Parley.Protocol.Dialects;

/// <summary>Writes events of dialogs in both dialects (protocol 10.5). One event per notification.</summary>
public static class MessageEvents
{
    /// <summary>A notification of one event.</summary>
    public static PayloadWriter WriteNotification(PayloadWriter writer, Dialect dialect, in MessageRecord record)
    {
        if (dialect != Dialect.V3)
        {
            writer.Raw("{\"kind\":\"notification\",\"type\":\".ams.ms.OnlineEventDistribution\",\"body\":"u8);
            return WriteChange(writer, dialect, record).Raw("}"u8);
        }

        writer.Raw("{\"kind\":\"notification\",\"type\":\"ms.MessagingEventNotification\",\"body\":{\"dialogId\":"u8).Quoted(record.DialogId)
            .Raw(",\"conversationId\":"u8).Quoted(record.ConversationId).Raw(",\"changes\":["u8);
        return WriteChange(writer, dialect, record).Raw("]}}"u8);
    }

    /// <summary>The notification that ends the replay of an empty dialog, which some windows wait for (v3 only).</summary>
    public static PayloadWriter WriteEmpty(PayloadWriter writer, string dialogId, string conversationId) =>
        writer.Raw("{\"kind\":\"notification\",\"type\":\"ms.MessagingEventNotification\",\"body\":{\"dialogId\":"u8).Quoted(dialogId)
            .Raw(",\"conversationId\":"u8).Quoted(conversationId).Raw(",\"changes\":[]}}"u8);

    /// <summary>The event record alone, as in answers to QueryMessages and in conversation lists.</summary>
    public static PayloadWriter WriteChange(PayloadWriter writer, Dialect dialect, in MessageRecord record)
    {
        writer.Raw("{"u8);
        if (record.Sequence is { } sequence)
            writer.Raw("\"sequence\":"u8).Number(sequence).Raw(",\"serverTimestamp\":"u8).Number(record.ServerTimestamp).Raw(","u8);

        writer.Raw("\"originatorId\":"u8).Quoted(record.Originator.In(dialect)).Raw(",\"originatorPId\":"u8).Quoted(record.Originator.Pid);
        writer.Raw(",\"originatorMetadata\":{\"id\":"u8).Quoted(record.Originator.Pid).Raw(",\"role\":\""u8).Raw(record.OriginatorRole).Raw("\""u8);
        if (dialect != Dialect.V3 && record.ClientProperties is { } inner) writer.Raw(",\"clientProperties\":"u8).Raw(inner);
        writer.Raw("}"u8);
        if (dialect != Dialect.V3) writer.Raw(",\"originatorClientProperties\":"u8).Raw(record.ClientProperties ?? "{\"type\":\".ClientProperties\"}");

        writer.Raw(",\"event\":"u8).Raw(record.Event);
        writer.Raw(",\"conversationId\":"u8).Quoted(record.ConversationId).Raw(",\"dialogId\":"u8).Quoted(record.DialogId);
        writer.Raw(record.IsPrivate ? ",\"messageAudience\":\"AGENTS_AND_MANAGERS\""u8 : ",\"messageAudience\":\"ALL\""u8);
        if (!record.Metadata.IsEmpty) writer.Raw(",\"metadata\":"u8).Raw(record.Metadata);
        if (!record.EncodedMetadata.IsEmpty) writer.Raw(",\"encodedMetadata\":"u8).Raw(record.EncodedMetadata);
        if (record.EventId is { } eventId) writer.Raw(",\"eventId\":"u8).Quoted(eventId);
        return writer.Raw("}"u8);
    }
}
