using System.Text;
using Parley.Conversations;
using Parley.Conversations.Commands;
using Parley.Conversations.Events;
using Parley.Protocol;
using Parley.Protocol.Codes;
using Parley.Protocol.Envelope;
using Parley.Protocol.Requests;
using Parley.Server.Files;
using Parley.Server.Ownership;

namespace Parley.Server.Gateway.Handlers;

/// <summary>Publishes an event to a dialog (protocol 10.1). The hot path.</summary>
internal sealed class PublishEvent(GatewayServices services) : IRequestHandler
{
    public void Handle(in Request request)
    {
        if (!PublishEventRequest.TryRead(request.Envelope.Body, request.Connection.MaxText, out var body, out var error))
        {
            request.AnswerError(WireCode.BadRequest, error);
            return;
        }

        var live = services.Conversations.Get(DialogIds.ConversationOf(body.DialogId));
        var dialogId = live.Id.Length == body.DialogId.Length ? live.Id : Encoding.UTF8.GetString(body.DialogId);
        var parts = new PublishedParts(body.Event.ToArray(), Kept(request.Envelope.Metadata), Kept(request.Envelope.EncodedMetadata));
        if (body.EventType == EventType.ChatState)
        {
            PublishChatState(request, live, dialogId, parts);
            return;
        }

        var command = new PublishMessage(request.Principal.Actor, dialogId, KindOf(body.EventType), body.IsPrivate ? Audience.AgentsAndManagers : Audience.All, parts.Body)
        {
            Metadata = parts.Metadata,
            EncodedMetadata = parts.EncodedMetadata,
            EventId = body.EventId,
            Receipts = body.Sequences ?? (IReadOnlyList<long>)[],
            IsRead = body.IsRead,
        };
        var answer = request.Defer();
        var reply = new RequestReply(answer, static (answer, decision) => Answer(answer, decision.Repeated ?? (MessagePublished)decision.Events[0]));
        if (body.FilePath is not null)
        {
            PublishFile(request.Principal, answer, body.FilePath, live.Id, command, reply);
            return;
        }

        while (!live.TryExecute(request.Principal.AccountId, command, reply)) live = services.Conversations.Get(live.Id);
    }

    // The disk is asked first, so that the socket's later requests wait: what was sent after a file is numbered after it.
    private void PublishFile(Principal principal, PendingAnswer answer, string relativePath, string conversationId, PublishMessage command, RequestReply reply)
    {
        if (!services.Settings(principal.AccountId).FileSharing)
        {
            answer.GiveError(WireCode.Forbidden, "File sharing is off");
            return;
        }

        answer.Connection.Pause();
        _ = Task.Run(() => answer.GiveLaterAsync(services.Log, Verb.PublishEvent, async answer =>
        {
            try
            {
                if (await services.Sharing.ShareAsync(principal, relativePath, conversationId, command.DialogId, command.Audience) is not { } share)
                {
                    answer.GiveError(WireCode.BadRequest, "event.message.relativePath is no file that you may share");
                    return;
                }

                var outcome = new ShareReply(reply, () => services.Sharing.WithdrawAsync(relativePath, share));
                services.Conversations.Execute(conversationId, principal.AccountId, command, outcome);
            }
            finally
            {
                answer.Connection.Resume();
            }
        }));
    }

    private void PublishChatState(in Request request, LiveConversation live, string dialogId, PublishedParts parts)
    {
        var actor = request.Principal.Actor;
        var accountId = request.Principal.AccountId;
        var answer = request.Defer();
        while (!live.TryLook(
            accountId,
            state => Decider.RefuseChatState(state, actor, dialogId) is { } refusal
                ? () => answer.Refuse(refusal)
                : () =>
                {
                    answer.Give(Answers.Published(Scratch.Answer, answer.RequestId, answer.Dialect, 0));
                    services.Conversations.Get(live.Id).DistributeChatState(actor.UserId, dialogId, parts, answer.Connection);
                },
            answer.GiveUnavailable))
        {
            live = services.Conversations.Get(live.Id);
        }
    }

    // A repeat gets the number of the first.
    private static void Answer(PendingAnswer answer, MessagePublished message) =>
        answer.Give(Answers.Published(Scratch.Answer, answer.RequestId, answer.Dialect, message.Sequence));

    private static byte[]? Kept(ReadOnlySpan<byte> json) => json.IsEmpty ? null : json.ToArray();

    private static MessageKind KindOf(EventType type) => type switch
    {
        EventType.AcceptStatus => MessageKind.Receipt,
        EventType.RichContent => MessageKind.RichContent,
        _ => MessageKind.Content,
    };
}
