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
            state => Visibility.Refuse(state, principal, body.DialogId, services.Ownership.Presence) is { } refusal
                ? () => answer.Refuse(refusal)
                : () => Task.Run(() => answer.GiveLaterAsync(services.Log, Verb.QueryMessages, answer => Answer(answer, state!, body, isConsumer: !principal.IsAgent))),
            answer.GiveUnavailable));
    }

    // Reads the disk, hence not where the committing thread or the conversation's lock would wait for it.
    private Task Answer(PendingAnswer answer, Conversation conversation, QueryMessagesRequest query, bool isConsumer)
    {
        var writer = Answers.Begin(Scratch.Answer, answer.RequestId, WireCode.Ok, Verbs.ResponseType(Verb.QueryMessages, answer.Dialect)).Raw("["u8);
        var isFirst = true;
        foreach (var message in Newest(conversation.FindDialog(query.DialogId)!, query, m => !isConsumer || Visibility.IsForConsumer(answer.Connection, m.Audience, m.Kind)))
        {
            if (!isFirst) writer.Raw(","u8);
            isFirst = false;
            MessageEvents.WriteChange(writer, answer.Dialect, MessageFrames.Record(services.Names, conversation, message, isConsumer));
        }

        answer.Give(writer.Raw("]"u8).End());
        return Task.CompletedTask;
    }

    // When there are more than the limit, the newest are wanted: it goes back until enough of them are visible, in steps
    // that grow, because what is hidden may be much.
    private List<MessagePublished> Newest(Dialog dialog, QueryMessagesRequest query, Func<MessagePublished, bool> isVisible)
    {
        var found = new List<MessagePublished>();
        var end = Math.Min(query.Before, dialog.NextSequence);
        for (long step = query.Limit; end > query.From && found.Count < query.Limit; step *= 2)
        {
            var start = Math.Max(query.From, end - step);
            found.InsertRange(0, Read(dialog.Id, start, end, isVisible));
            end = start;
        }

        return found.Count > query.Limit ? found.GetRange(found.Count - query.Limit, query.Limit) : found;
    }

    private List<MessagePublished> Read(string dialogId, long start, long end, Func<MessagePublished, bool> isVisible)
    {
        var read = new List<MessagePublished>();
        for (var next = start; next < end;)
        {
            var events = services.Journal.Read(dialogId, next, (int)Math.Min(EventsPerRead, end - next), BytesPerRead);
            if (events.Count == 0) break;
            next = events[^1].Sequence + 1;
            read.AddRange(events.Where(isVisible));
        }

        return read;
    }
}
