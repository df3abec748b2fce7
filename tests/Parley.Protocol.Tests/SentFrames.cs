using System.Text;
using Parley.Protocol.Codes;
using Parley.Protocol.Dialects;
using Parley.Protocol.Envelope;
using Parley.Protocol.Records;

namespace Parley.Protocol.Tests;

/// <summary>Every form of frame that the protocol's writers can produce.</summary>
internal static class SentFrames
{
    private const string Conversation = "c1f0a7de-3b52-4f6a-9d8e-7a6b5c4d3e2f";
    private const string ClientProperties = """{"type":".ClientProperties","ipAddress":"192.0.2.10"}""";
    private static readonly UserName Consumer = new("consumer", "consumer");
    private static readonly UserName Agent = new("agent-pid", "10203040.17");

    public static IEnumerable<(string Name, Dialect Dialect, string Frame)> All() =>
        from dialect in Enum.GetValues<Dialect>()
        from frame in Of(dialect)
        select (frame.Name, dialect, frame.Frame);

    private static IEnumerable<(string Name, string Frame)> Of(Dialect dialect)
    {
        yield return ("text", Write(w => Answers.Text(w, "1"u8, WireCode.Ok, "OK Connection initialized")));
        foreach (var code in Enum.GetValues<WireCode>().Where(c => (int)c >= 400))
            yield return ($"error {code}", Write(w => Answers.Error(w, "1"u8, code, "dialogId is missing")));
        yield return ("error without id", Write(w => Answers.Error(w, default, WireCode.BadRequest, "id is missing")));
        yield return ("published", Write(w => Answers.Published(w, "1"u8, dialect, 4)));
        yield return ("clock", Write(w => Answers.Clock(w, "1"u8, dialect, 1_767_225_600_000)));
        yield return ("opened", Write(w => Answers.Opened(w, "1"u8, dialect, Conversation)));
        yield return ("following conversations", Write(w => Answers.Subscribed(w, "1"u8, dialect, Verb.SubscribeExConversations, "subscription")));
        yield return ("following a dialog", Write(w => Answers.Subscribed(w, "1"u8, dialect, Verb.SubscribeMessagingEvents, null)));
        yield return ("following rings", Write(w => Answers.Subscribed(w, "1"u8, dialect, Verb.SubscribeRoutingTasks, "subscription")));
        yield return ("address of a file", Write(w => Answers.GeneratedUrl(w, "1"u8, "/v1/files/10203040/7d1c9a5200004a0e8b1d2f6a9e3c4b5d.PNG", "a94f0c1d", 1_767_225_760)));
        yield return ("keys of a form", Write(w => Answers.UploadToken(w, "1"u8, "r-1", "w-1")));
        yield return ("key of a filled form", Write(w => Answers.DownloadToken(w, "1"u8, "SecureForm", "r-1")));
        yield return ("no conversations", List(dialect, _ => { }));
        foreach (var (name, record) in Records(dialect))
        {
            yield return ($"{name} conversation", List(dialect, w => ConversationLists.Change(w, false, record)));
            yield return ($"{name} conversation leaves", List(dialect, w => ConversationLists.Change(w, true, record)));
        }

        yield return ("message", Message(dialect, 0, Consumer, "CONSUMER", """{"type":"ContentEvent","contentType":"text/plain","message":"Hello"}"""));
        yield return ("card", Message(dialect, 1, Agent, "ASSIGNED_AGENT", """{"type":"RichContentEvent","content":{"type":"vertical","elements":[]}}""", """[{"type":"ExternalId","id":"card-1"}]"""));
        yield return ("receipt", Message(dialect, 2, Consumer, "CONSUMER", """{"type":"AcceptStatusEvent","status":"READ","sequenceList":[1]}"""));
        yield return ("chat state", Message(dialect, null, Agent, "ASSIGNED_AGENT", """{"type":"ChatStateEvent","chatState":"COMPOSING"}"""));
        if (dialect == Dialect.V3) yield return ("empty replay", Write(w => MessageEvents.WriteEmpty(w, Conversation, Conversation)));
        yield return ("query", Write(w => MessageEvents.WriteChange(
            Answers.Begin(w, "1"u8, WireCode.Ok, TypeNames.QueryMessagesResponse).Raw("["u8), dialect, Record(3, Agent, "ASSIGNED_AGENT", """{"type":"ContentEvent","message":"x"}"""u8, default)).Raw("]"u8).End()));
        yield return ("no rings", Write(w => RoutingNotifications.Tasks(w, dialect, "subscription", [])));
        yield return ("rings", Write(w => RoutingNotifications.Tasks(w, dialect, "subscription", [Ring("WAITING"), Ring("ACCEPTED")])));
        yield return ("agent state", Write(w => RoutingNotifications.AgentState(w, dialect, "subscription", new AgentStateRecord(Agent, "ONLINE", ""))));
        if (dialect != Dialect.V3) yield return ("old ring", Write(w => RoutingNotifications.RingUpdated(w, Ring("EXPIRED"))));
    }

    private static IEnumerable<(string Name, byte[] Record)> Records(Dialect dialect)
    {
        var open = new ConversationRecord
        {
            ConversationId = Conversation, BrandId = "10203040", SkillId = "-1", State = "OPEN", Stage = "OPEN", StartTs = 1, MetaDataLastUpdateTs = 2, LastUpdateTime = 3,
            EffectiveTtr = -1, FirstConversation = true, TtrType = "NORMAL", TtrSeconds = 3600,
            Dialogs = [Dialog(new ParticipantRecord(Consumer, "CONSUMER", false))],
        };
        var assigned = open with
        {
            EffectiveTtr = 9, Context = """{"type":"SharkContext","lang":"en-US"}""", ClientProperties = ClientProperties, CampaignInfo = """{"campaignId":1}""",
            Unread = [(Agent, 1)], LastContentEvent = Encoding.UTF8.GetBytes(Change(dialect)),
            Dialogs = [Dialog(new ParticipantRecord(Consumer, "CONSUMER", false), new ParticipantRecord(Agent, "ASSIGNED_AGENT", false), new ParticipantRecord(Agent, "ASSIGNED_AGENT", true))],
        };
        var closed = assigned with
        {
            State = "CLOSE", Stage = "CLOSE", CloseReason = "CONSUMER", EndTs = 5, EffectiveTtr = -1,
            Dialogs = [Dialog(new ParticipantRecord(Consumer, "CONSUMER", false)) with { State = "CLOSE", EndTs = 5, ClosedBy = "CONSUMER", ClosedCause = "solved", MetaData = "{}" }],
        };
        return [("open", Encode(open)), ("assigned", Encode(assigned)), ("closed", Encode(closed))];

        byte[] Encode(ConversationRecord record)
        {
            var writer = new PayloadWriter();
            ConversationLists.WriteRecord(writer, dialect, record);
            return writer.Payload.ToArray();
        }
    }

    private static DialogRecord Dialog(params ParticipantRecord[] participants) =>
        new() { DialogId = Conversation, DialogType = "MAIN", ChannelType = "MESSAGING", State = "OPEN", CreationTs = 1, MetaDataLastUpdateTs = 2, Participants = participants };

    private static RingRecord Ring(string state) => new()
    {
        RingId = "ring", RingState = state, ConversationId = Conversation, ConsumerId = "consumer", SkillId = "-1", BrandId = "10203040", Agent = Agent,
        RingExpiration = 72_000, RingExpirationTs = 73_000, Weight = 3_600_000,
    };

    private static string List(Dialect dialect, Action<PayloadWriter> changes) => Write(w =>
    {
        ConversationLists.Begin(w, dialect, "subscription", 4);
        changes(w);
        return ConversationLists.End(w);
    });

    private static string Message(Dialect dialect, long? sequence, UserName originator, string role, string e, string metadata = "") =>
        Write(w => MessageEvents.WriteNotification(w, dialect, Record(sequence, originator, role, Encoding.UTF8.GetBytes(e), Encoding.UTF8.GetBytes(metadata))));

    private static string Change(Dialect dialect) =>
        Write(w => MessageEvents.WriteChange(w, dialect, Record(0, Consumer, "CONSUMER", """{"type":"ContentEvent","message":"x"}"""u8, default)));

    private static MessageRecord Record(long? sequence, UserName originator, string role, ReadOnlySpan<byte> e, ReadOnlySpan<byte> metadata) => new()
    {
        Sequence = sequence, ServerTimestamp = 7, DialogId = Conversation, ConversationId = Conversation, Originator = originator, OriginatorRole = role,
        ClientProperties = originator == Consumer ? ClientProperties : null, Event = e, Metadata = metadata,
        EncodedMetadata = metadata.IsEmpty ? default : "\"opaque\""u8, EventId = sequence is null ? null : "once",
    };

    private static string Write(Func<PayloadWriter, PayloadWriter> write) => Encoding.UTF8.GetString(write(new PayloadWriter()).Payload);
}
