using Parley.Conversations;
using Parley.Conversations.Events;
using Parley.Protocol;
using Parley.Protocol.Codes;
using Parley.Protocol.Dialects;
using Parley.Protocol.Envelope;
using Parley.Protocol.Requests;
using Parley.Server.Ownership;

namespace Parley.Server.Gateway.Handlers;

/// <summary>Answers with stored events (protocol 10.8): always an array, ascending.</summary>
internal sealed class QueryMessages(GatewayServices services) : IRequestHandler
{
    private const int EventsPerRead = 1000;
    private const int BytesPerRead = 1 << 20;

    public void Handle(in Request request)
    {
        if (!QueryMessagesRequest.TryRead(BodyMembers.Of(request.Envelope.Body), out var body, out var error))
        {
            request.AnswerError(WireCode.BadRequest, error);
            return;
        }

        var principal = request.Principal;
        var answer = request.Defer();
        LiveConversation live;
        do live = services.Conversations.Get(DialogIds.ConversationOf(body.DialogId));
        while (!live.TryLook(
            principal.AccountId,
            state => Visibility.Refuse(state, principal, body.DialogId) is { } refusal
                ? () => answer.Refuse(refusal)
                : () => Task.Run(() => answer.GiveLaterAsync(services.Log, Verb.QueryMessages, answer => Answer(answer, state!, body, isConsumer: !principal.IsAgent))),
            answer.GiveUnavailable));
    }

    // Reads the disk, hence not where the committing thread or the conversation's lock would wait for it.
    private Task Answer(PendingAnswer answer, Conversation conversation, QueryMessagesRequest query, bool isConsumer)
    {
        var writer = Answers.Begin(Scratch.Answer, answer.RequestId, WireCode.Ok, Verbs.ResponseType(Verb.QueryMessages, answer.Dialect)).Raw("["u8);
        var isFirst = true;
        foreach (var message in Read(conversation.FindDialog(query.DialogId)!, query, isConsumer))
        {
            if (!isFirst) writer.Raw(","u8);
            isFirst = false;
            MessageEvents.WriteChange(writer, answer.Dialect, MessageFrames.Record(services.Names, conversation, message, isConsumer));
        }

        answer.Give(writer.Raw("]"u8).End());
        return Task.CompletedTask;
    }

    // When there are more than the limit, the newest are wanted.
    private List<MessagePublished> Read(Dialog dialog, QueryMessagesRequest query, bool isConsumer)
    {
        var before = Math.Min(query.Before, dialog.NextSequence);
        var found = new List<MessagePublished>();
        var hidden = isConsumer ? dialog.PrivateSequences.Count : 0;
        for (var next = Math.Max(query.From, before - query.Limit - hidden); next < before;)
        {
            var events = services.Journal.Read(dialog.Id, next, EventsPerRead, BytesPerRead);
            if (events.Count == 0) break;
            next = events[^1].Sequence + 1;
            found.AddRange(events.Where(m => m.Sequence < before && (!isConsumer || m.Audience == Audience.All)));
        }

        return found.Count > query.Limit ? found.GetRange(found.Count - query.Limit, query.Limit) : found;
    }
}
