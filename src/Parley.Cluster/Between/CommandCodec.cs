using System.Text.Json;
using Parley.Conversations;
using Parley.Conversations.Commands;
using Parley.Journal.Encoding;

namespace Parley.Cluster.Between;

/// <summary>
/// A command on its way to the node that decides for its conversation: a tag byte and its content, packed for messages. What the deciding node
/// looks up itself (<see cref="PublishMessage.Earlier"/>) does not travel.
/// </summary>
internal static class CommandCodec
{
    public static void Write(ByteWriter to, ConversationCommand command)
    {
        switch (command)
        {
            case PublishMessage publish: Write(to, publish); break;
            case ChangeConversation change: Write(to, change); break;
            case OpenConversation open:
                Tag(to, CommandTag.Open);
                to.Bytes(JsonSerializer.SerializeToUtf8Bytes(open.Opening, JournalJson.Default.ConversationOpened));
                to.Text(open.AssignTo);
                break;
            case AnswerRing answer:
                Tag(to, CommandTag.AnswerRing);
                Write(to, answer.Actor);
                to.Text(answer.RingId);
                to.Flag(answer.Accept);
                break;
            case OfferRing offer:
                Tag(to, CommandTag.OfferRing);
                to.Bytes(JsonSerializer.SerializeToUtf8Bytes(offer, BetweenJson.Default.OfferRing));
                break;
            case EndRing end:
                Tag(to, CommandTag.EndRing);
                to.Text(end.RingId);
                to.Byte((byte)end.State);
                break;
            case ReturnToQueue back:
                Tag(to, CommandTag.ReturnToQueue);
                to.Text(back.AgentId);
                break;
            case TellWaiting tell:
                Tag(to, CommandTag.TellWaiting);
                to.Bytes(tell.Message.Body);
                to.Bytes(tell.Message.Metadata);
                to.Varint(tell.Since);
                break;
            default: throw new NotSupportedException($"Nodes have no form for {command.GetType().Name}.");
        }
    }

    /// <exception cref="FormatException">The bytes are no command, or one that this program does not know.</exception>
    public static ConversationCommand Read(ref ByteReader from) => (CommandTag)from.Byte() switch
    {
        CommandTag.Publish => ReadPublish(ref from),
        CommandTag.Change => ReadChange(ref from),
        CommandTag.Open => new OpenConversation(from.Json(JournalJson.Default.ConversationOpened), from.Text()),
        CommandTag.AnswerRing => new AnswerRing(ReadActor(ref from), from.RequiredText(), from.Flag()),
        CommandTag.OfferRing => from.Json(BetweenJson.Default.OfferRing),
        CommandTag.EndRing => new EndRing(from.Text(), (RingState)from.Byte()),
        CommandTag.ReturnToQueue => new ReturnToQueue(from.RequiredText()),
        CommandTag.TellWaiting => new TellWaiting(new AutoMessage(from.Bytes(out _).ToArray(), from.Bytes(out _).ToArray()), from.Varint()),
        var tag => throw new FormatException($"Command {(byte)tag} is unknown: it was sent by a newer version."),
    };

    private static void Write(ByteWriter to, PublishMessage publish)
    {
        Tag(to, CommandTag.Publish);
        Write(to, publish.Actor);
        to.Text(publish.DialogId);
        to.Byte((byte)publish.Kind);
        to.Byte((byte)publish.Audience);
        to.Bytes(publish.Body);
        to.Bytes(publish.Metadata, publish.Metadata is null);
        to.Bytes(publish.EncodedMetadata, publish.EncodedMetadata is null);
        to.Text(publish.EventId);
        to.Flag(publish.IsRead);
        to.Varint(publish.Receipts.Count);
        foreach (var sequence in publish.Receipts) to.Varint(sequence);
    }

    private static PublishMessage ReadPublish(ref ByteReader from) =>
        new(ReadActor(ref from), from.RequiredText(), (MessageKind)from.Byte(), (Audience)from.Byte(), from.Bytes(out _).ToArray())
        {
            Metadata = from.OptionalBytes(),
            EncodedMetadata = from.OptionalBytes(),
            EventId = from.Text(),
            IsRead = from.Flag(),
            Receipts = ReadReceipts(ref from),
        };

    private static long[] ReadReceipts(ref ByteReader from)
    {
        var receipts = new long[from.Count()];
        for (var i = 0; i < receipts.Length; i++) receipts[i] = from.Varint();
        return receipts;
    }

    private static void Write(ByteWriter to, ChangeConversation change)
    {
        Tag(to, CommandTag.Change);
        Write(to, change.Actor);
        to.Text(change.EventId);
        to.Int64((long)change.BodyHash);
        to.Text(change.Metadata);
        to.Bytes(JsonSerializer.SerializeToUtf8Bytes(change.Surveys, BetweenJson.Default.SurveyRules));
        to.Flag(change.OnlyAt is not null);
        to.Varint(change.OnlyAt ?? 0);
        to.Byte((byte)change.SystemReason);
        to.Varint(change.Changes.Count);
        foreach (var one in change.Changes) to.Bytes(JsonSerializer.SerializeToUtf8Bytes(ForwardedChange.Of(one), BetweenJson.Default.ForwardedChange));
    }

    private static ChangeConversation ReadChange(ref ByteReader from)
    {
        var actor = ReadActor(ref from);
        var eventId = from.Text();
        var bodyHash = (ulong)from.Int64();
        var metadata = from.Text();
        var surveys = from.Json(BetweenJson.Default.SurveyRules);
        var (isBound, onlyAt) = (from.Flag(), from.Varint());
        var reason = (CloseReason)from.Byte();
        var changes = new Parley.Conversations.Changes.FieldChange[from.Count()];
        for (var i = 0; i < changes.Length; i++) changes[i] = from.Json(BetweenJson.Default.ForwardedChange).Change;
        return new(actor, changes)
        {
            EventId = eventId, BodyHash = bodyHash, Metadata = metadata, Surveys = surveys, OnlyAt = isBound ? onlyAt : null, SystemReason = reason,
        };
    }

    private static void Write(ByteWriter to, Actor actor)
    {
        to.Text(actor.UserId);
        to.Byte((byte)actor.Kind);
        to.Flag(actor.IsManager);
    }

    private static Actor ReadActor(ref ByteReader from) => new(from.RequiredText(), (ActorKind)from.Byte(), from.Flag());

    private static void Tag(ByteWriter to, CommandTag tag) => to.Byte((byte)tag);
}
