using Parley.Conversations;
using Parley.Server.Ownership;

namespace Parley.Server.Gateway;

/// <summary>Who may read a dialog: who takes part in it, and managers of its account; and what of it a consumer's socket gets.</summary>
internal static class Visibility
{
    private static readonly Refusal NotFound = new(RefusalKind.NotFound, "Dialog not found");
    private static readonly Refusal NotParticipant = new(RefusalKind.Forbidden, "Not a participant of this dialog");

    /// <summary>Why the principal may not read the dialog, or null. To a consumer, what is not his does not exist.</summary>
    public static Refusal? Refuse(Conversation? conversation, Principal principal, string dialogId)
    {
        if (conversation?.FindDialog(dialogId) is not { } dialog) return NotFound;
        var participant = dialog.Find(principal.UserId);
        if (!principal.IsAgent) return conversation.ConsumerId == principal.UserId && participant is not null ? null : NotFound;
        return principal.SeesEverything || participant is { State: ParticipantState.Active } ? null : NotParticipant;
    }

    /// <summary>
    /// As <see cref="Refuse(Conversation,Principal,string)"/>, but whoever serves the consumer now also reads what he wrote with others
    /// before: the MAIN dialogs of his closed conversations.
    /// </summary>
    public static Refusal? Refuse(Conversation? conversation, Principal principal, string dialogId, ConsumerPresence presence) =>
        Refuse(conversation, principal, dialogId) is { } refusal && !(refusal == NotParticipant && IsEarlier(conversation!, principal, presence) && dialogId == conversation!.Main.Id)
            ? refusal : null;

    /// <summary>Whether the conversation has ended and an agent serves its consumer now.</summary>
    public static bool IsEarlier(Conversation conversation, Principal principal, ConsumerPresence presence) =>
        principal.IsAgent && conversation.Stage == Stage.Close && presence.IsServed(principal.AccountId, conversation.ConsumerId, principal.UserId);

    /// <summary>
    /// Whether a consumer's socket gets events of this audience and kind: no private ones, and no cards if its client cannot
    /// show them (protocol 6.5). It skips their numbers.
    /// </summary>
    public static bool IsForConsumer(Connection connection, Audience audience, MessageKind kind) =>
        audience == Audience.All && !(kind == MessageKind.RichContent && connection.HidesRichContent);
}
