using Parley.Conversations;
using Parley.Conversations.Events;
using Parley.Protocol;
using Parley.Protocol.Dialects;
using Parley.Protocol.Envelope;
using Parley.Protocol.Records;
using Parley.Server.Gateway;
using Parley.Server.Gateway.Frames;

namespace Parley.Server.Ownership;

/// <summary>
/// One event encoded once per shape, on demand; the same bytes go to every subscriber. The frames live in this thread's
/// scratch memory until the next event is chosen.
/// </summary>
internal ref struct MessageFrames(UserNames names, Conversation conversation)
{
    private MessageRecord _record;
    private MessagePublished? _message;
    private bool _hasV2;
    private bool _hasV3;

    /// <summary>Chooses a stored event.</summary>
    public void SetMessage(MessagePublished message)
    {
        (_hasV2, _hasV3) = (false, false);
        _message = message;
        _record = Record(names, conversation, message);
    }

    /// <summary>Chooses a chat state.</summary>
    public void SetChatState(Dialog dialog, Participant originator, PublishedParts parts)
    {
        (_hasV2, _hasV3) = (false, false);
        _message = null;
        _record = new MessageRecord
        {
            DialogId = dialog.Id,
            ConversationId = conversation.Id,
            Originator = names.Of(conversation.AccountId, originator.UserId, originator.Role),
            OriginatorRole = WireNames.Of(originator.Role),
            ClientProperties = originator.Role == Role.Consumer ? conversation.Origin.ClientProperties : null,
            Event = parts.Body,
            Metadata = parts.Metadata,
            EncodedMetadata = parts.EncodedMetadata,
        };
    }

    /// <summary>The whole frame in a dialect, for a consumer or an agent.</summary>
    public ReadOnlySpan<byte> In(Dialect dialect, bool isConsumer = false)
    {
        if (isConsumer && _message is { } message && PublicReceipts.Filter(conversation, message) is { } visible)
            return ServerFrame.Seal(MessageEvents.WriteNotification(Scratch.Notification, dialect, _record with { Event = visible }));

        ref var isEncoded = ref dialect == Dialect.V3 ? ref _hasV3 : ref _hasV2;
        var writer = dialect == Dialect.V3 ? Scratch.V3Frame : Scratch.V2Frame;
        if (!isEncoded) MessageEvents.WriteNotification(writer.Reset(), dialect, _record);
        isEncoded = true;
        return ServerFrame.Seal(writer);
    }

    /// <summary>A stored event as the dialects' writers take it.</summary>
    public static MessageRecord Record(UserNames names, Conversation conversation, MessagePublished message, bool isConsumer = false) => new()
    {
        Sequence = message.Sequence,
        ServerTimestamp = message.Timestamp,
        DialogId = message.DialogId,
        ConversationId = conversation.Id,
        Originator = names.Of(conversation.AccountId, message.OriginatorId, message.OriginatorRole),
        OriginatorRole = WireNames.Of(message.OriginatorRole),
        ClientProperties = message.OriginatorRole == Role.Consumer ? conversation.Origin.ClientProperties : null,
        Event = (isConsumer ? PublicReceipts.Filter(conversation, message) : null) ?? message.Body,
        Metadata = message.Metadata,
        EncodedMetadata = message.EncodedMetadata,
        IsPrivate = message.Audience != Audience.All,
        EventId = message.EventId,
    };
}
