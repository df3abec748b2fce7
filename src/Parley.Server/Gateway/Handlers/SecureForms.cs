using Parley.Conversations;
using Parley.Conversations.Events;
using Parley.Protocol;
using Parley.Protocol.Codes;
using Parley.Protocol.Requests;

namespace Parley.Server.Gateway.Handlers;

/// <summary>Keys of secure forms are given for what was said in the dialog: an invitation, a submission (protocol 10.10).</summary>
internal static class SecureForms
{
    public const string Type = "SecureForm";

    private const int EventsPerRead = 500;
    private const int BytesPerRead = 1 << 20;

    public static bool IsInvitation(MessagePublished e, string invitationId) => Is(e, "forms/secure-invitation", ("invitationId", invitationId));

    public static bool IsSubmission(MessagePublished e, string submissionId, string invitationId) =>
        Is(e, "forms/secure-submission", ("submissionId", submissionId), ("invitationId", invitationId));

    /// <summary>Reads the form that a body names, and what every form must say.</summary>
    public static BodyMembers Read(in Request request, string member)
    {
        var body = BodyMembers.Of(request.Envelope.Body);
        if (body.Object(member) is not { } form)
        {
            body.Refuse(member, "is missing");
            return body;
        }

        if (form.Text("type") != Type) form.Refuse("type", "must be SecureForm");
        return form;
    }

    /// <summary>Gives the keys if the principal may read the dialog and the event is in it.</summary>
    public static void Answer(
        GatewayServices services, Verb verb, Principal principal, string dialogId, PendingAnswer answer, string notFound, Func<MessagePublished, bool> isWanted, Action give) =>
        _ = Task.Run(() => answer.GiveLaterAsync(services.Log, verb, async answer =>
        {
            var conversation = await services.Conversations.LookAsync(DialogIds.ConversationOf(dialogId), principal.AccountId);
            if (Visibility.Refuse(conversation, principal, dialogId) is { } refusal) answer.Refuse(refusal);
            else if (Exists(services, conversation!.FindDialog(dialogId)!, isWanted)) give();
            else answer.GiveError(WireCode.NotFound, notFound);
        }));

    // Forms are answered soon: the newest events are looked at first.
    private static bool Exists(GatewayServices services, Dialog dialog, Func<MessagePublished, bool> isWanted)
    {
        for (var end = dialog.NextSequence; end > 0; end -= EventsPerRead)
        {
            for (var next = Math.Max(0, end - EventsPerRead); next < end;)
            {
                var events = services.Journal.Read(dialog.Id, next, EventsPerRead, BytesPerRead);
                if (events.Count == 0) break;
                if (events.Any(isWanted)) return true;
                next = events[^1].Sequence + 1;
            }
        }

        return false;
    }

    private static bool Is(MessagePublished e, string contentType, params (string Name, string Value)[] members)
    {
        var body = Lenient.Parse(e.Body);
        return body.Member("contentType").Text() == contentType && members.All(m => body.Member("message").Member(m.Name).Text() == m.Value);
    }
}
