using System.Text;
using System.Text.Json;
using Parley.Protocol.Envelope;
using Parley.Protocol.Records;

namespace Parley.Protocol.Dialects;

/// <summary>
/// Writes conversation records and list notifications (protocol 8.5). A record's bytes are the same for every
/// subscription of a dialect and audience; only the small head in front carries the subscription's id.
/// </summary>
public static class ConversationLists
{
    /// <summary>
    /// The one group that agents are in, as logins and users' records name it too (protocol 5.1, 22). As with skills,
    /// the same id stands for nobody's: a record without an agent has it as well.
    /// </summary>
    public const string MainGroup = "-1";

    private static readonly string[] MapOrder = ["CONSUMER", "ASSIGNED_AGENT", "AGENT", "MANAGER", "READER", "CONTROLLER"];

    /// <summary>Opens a list notification: then come changes, then <see cref="End"/>.</summary>
    public static PayloadWriter Begin(PayloadWriter writer, Dialect dialect, string subscriptionId, long sentTs) =>
        writer.Raw(dialect == Dialect.V3
                ? "{\"kind\":\"notification\",\"type\":\"cqm.ExConversationChangeNotification\",\"body\":{\"subscriptionId\":"u8
                : "{\"kind\":\"notification\",\"type\":\".ams.aam.ExConversationChangeNotification\",\"body\":{\"subscriptionId\":"u8)
            .Quoted(subscriptionId).Raw(",\"sentTs\":"u8).Number(sentTs).Raw(",\"changes\":["u8);

    /// <summary>One change of the list.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="isDelete">Whether the conversation left the list.</param>
    /// <param name="record">From <see cref="WriteRecord"/>.</param>
    /// <param name="metadata">Raw JSON of the metadata of the request that caused it (protocol 14), or null.</param>
    public static PayloadWriter Change(PayloadWriter writer, bool isDelete, ReadOnlySpan<byte> record, string? metadata = null)
    {
        writer.Raw(isDelete ? "{\"type\":\"DELETE\",\"result\":"u8 : "{\"type\":\"UPSERT\",\"result\":"u8).Raw(record);
        if (metadata is not null) writer.Raw(",\"metadata\":"u8).Raw(Encoding.UTF8.GetBytes(metadata));
        return writer.Raw("}"u8);
    }

    /// <summary>Closes what <see cref="Begin"/> opened.</summary>
    public static PayloadWriter End(PayloadWriter writer) => writer.Raw("]}}"u8);

    /// <summary>The <c>result</c> of a change.</summary>
    public static void WriteRecord(PayloadWriter writer, Dialect dialect, ConversationRecord record)
    {
        using var json = new Utf8JsonWriter(writer, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartObject();
        json.WriteString("convId", record.ConversationId);
        json.WriteNumber("effectiveTTR", record.EffectiveTtr);
        json.WriteStartObject("conversationDetails");
        if (dialect != Dialect.V3) json.WriteString("convId", record.ConversationId);
        json.WriteString("skillId", record.SkillId);
        WriteParticipants(json, dialect, record);
        json.WriteStartArray("dialogs");
        foreach (var dialog in record.Dialogs) WriteDialog(json, dialect, dialog);
        json.WriteEndArray();
        WriteDetails(json, dialect, record);
        json.WriteEndObject();

        if (record.LastContentEvent is { } last)
        {
            json.WritePropertyName("lastContentEventNotification");
            json.WriteRawValue(last, skipInputValidation: true);
        }

        if (dialect != Dialect.V3)
        {
            json.WriteStartObject("numberOfunreadMessages");
            foreach (var (user, count) in record.Unread) json.WriteNumber(user.OldId, count);
            json.WriteEndObject();
        }

        json.WriteNumber("lastUpdateTime", record.LastUpdateTime);
        json.WriteEndObject();
    }

    private static void WriteDetails(Utf8JsonWriter json, Dialect dialect, ConversationRecord record)
    {
        json.WriteString("brandId", record.BrandId);
        json.WriteString("state", record.State);
        json.WriteString("stage", record.Stage);
        if (record.CloseReason is { } reason) json.WriteString("closeReason", reason);
        json.WriteNumber("startTs", record.StartTs);
        if (record.EndTs is { } endTs) json.WriteNumber("endTs", endTs);
        json.WriteNumber("metaDataLastUpdateTs", record.MetaDataLastUpdateTs);
        json.WriteBoolean("firstConversation", record.FirstConversation);
        json.WriteStartObject("ttr");
        json.WriteString("ttrType", record.TtrType);
        json.WriteNumber("value", record.TtrSeconds);
        json.WriteEndObject();
        if (record.ManualEttr is { } manual) json.WriteNumber("manualETTR", manual);
        if (record.Delay is var (type, tillWhen))
        {
            json.WriteStartObject("delay");
            json.WriteString("type", type);
            json.WriteNumber("tillWhen", tillWhen);
            json.WriteEndObject();
        }

        if (record.Csat is { } csat) WriteCsat(json, dialect, csat);
        if (dialect != Dialect.V3)
        {
            json.WriteString("groupId", MainGroup);
            json.WriteString("note", record.Note ?? "");
        }

        if (record.Topic is { } topic) WriteRaw(json, "topic", topic);
        if (record.CampaignInfo is { } campaign) WriteRaw(json, "campaignInfo", campaign);
        WriteContext(json, record);
        json.WriteStartObject("conversationHandlerDetails");
        json.WriteString("accountId", record.BrandId);
        json.WriteString("skillId", record.SkillId);
        json.WriteEndObject();
    }

    private static void WriteCsat(Utf8JsonWriter json, Dialect dialect, CsatRecord csat)
    {
        json.WriteStartObject("csat");
        if (csat.Rate is { } rate) json.WriteNumber("csatRate", rate);
        if (csat.ResolutionConfirmation is { } confirmed) json.WriteBoolean("csatResolutionConfirmation", confirmed);
        json.WriteString("status", csat.Status);
        json.WriteEndObject();
        if (dialect != Dialect.V3 && csat.Rate is { } again) json.WriteNumber("csatRate", again);
    }

    // The context is echoed as it came, with the opener's client properties in it (protocol 8.5.2).
    private static void WriteContext(Utf8JsonWriter json, ConversationRecord record)
    {
        if (record.Context is null && record.ClientProperties is null) return;
        json.WriteStartObject("context");
        if (record.Context is { } context)
        {
            using var document = JsonDocument.Parse(context);
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (member.Name != "clientProperties" || record.ClientProperties is null) member.WriteTo(json);
            }
        }
        else
        {
            json.WriteString("type", "SharkContext");
        }

        if (record.ClientProperties is { } properties) WriteRaw(json, "clientProperties", properties);
        json.WriteEndObject();
    }

    private static void WriteParticipants(Utf8JsonWriter json, Dialect dialect, ConversationRecord record)
    {
        var participants = record.Dialogs[0].Participants;
        if (dialect == Dialect.V3)
        {
            json.WriteStartArray("participants");
            foreach (var p in participants)
            {
                if (!p.IsSuggested) WriteParticipant(json, dialect, p, withState: false);
            }

            json.WriteEndArray();
        }
        else
        {
            participants = Everybody(record);
            WriteMap(json, "participants", participants, Dialect.V2);
        }

        WriteMap(json, "participantsPId", participants, Dialect.V3);
    }

    // v2 clients take an agent's public id in a dialog from these maps, by role and position: they need whoever is in any
    // dialog, first those of dialogs that go on.
    private static IReadOnlyList<ParticipantRecord> Everybody(ConversationRecord record) =>
        record.Dialogs.Count == 1 ? record.Dialogs[0].Participants
        : [.. record.Dialogs.OrderBy(dialog => dialog.State == "CLOSE").SelectMany(dialog => dialog.Participants).Distinct()];

    private static void WriteMap(Utf8JsonWriter json, string name, IReadOnlyList<ParticipantRecord> participants, Dialect ids)
    {
        json.WriteStartObject(name);
        foreach (var role in MapOrder)
        {
            var any = false;
            foreach (var p in participants)
            {
                if (p.Role != role || p.IsSuggested) continue;
                if (!any) json.WriteStartArray(role);
                any = true;
                json.WriteStringValue(p.User.In(ids));
            }

            if (any) json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteDialog(Utf8JsonWriter json, Dialect dialect, DialogRecord dialog)
    {
        json.WriteStartObject();
        json.WriteString("dialogId", dialog.DialogId);
        json.WriteStartArray("participantsDetails");
        foreach (var p in dialog.Participants)
        {
            if (!p.IsSuggested || dialect == Dialect.V21) WriteParticipant(json, dialect, p, withState: true);
        }

        json.WriteEndArray();
        json.WriteString("dialogType", dialog.DialogType);
        json.WriteString("channelType", dialog.ChannelType);
        if (dialog.MetaData is { } metaData) WriteRaw(json, "metaData", metaData);
        json.WriteString("state", dialog.State);
        json.WriteNumber("creationTs", dialog.CreationTs);
        if (dialog.EndTs is { } endTs) json.WriteNumber("endTs", endTs);
        json.WriteNumber("metaDataLastUpdateTs", dialog.MetaDataLastUpdateTs);
        if (dialog.ClosedBy is { } by) json.WriteString("closedBy", by);
        if (dialog.ClosedCause is { } cause) json.WriteString("closedCause", cause);
        json.WriteEndObject();
    }

    private static void WriteParticipant(Utf8JsonWriter json, Dialect dialect, ParticipantRecord participant, bool withState)
    {
        json.WriteStartObject();
        json.WriteString("id", participant.User.In(dialect));
        json.WriteString("role", participant.Role);
        if (withState) json.WriteString("state", participant.IsSuggested ? "SUGGESTED" : "ACTIVE");
        json.WriteEndObject();
    }

    private static void WriteRaw(Utf8JsonWriter json, string name, string value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value, skipInputValidation: true);
    }
}
