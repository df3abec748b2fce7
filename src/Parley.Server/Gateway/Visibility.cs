using Parley.Conversations;

namespace Parley.Server.Gateway;

/// <summary>Who may read a dialog: who takes part in it, and managers of its account; and what of it a consumer's socket gets.</summary>
internal static class Visibility
{
    private static readonly Refusal NotFound = new(RefusalKind.NotFound, "Dialog not found");
    private static readonly Refusal NoMessages = new(RefusalKind.Invalid, "no conversation to send for MCCA"); // the words that clients know
    private static readonly Refusal NotParticipant = new(RefusalKind.Forbidden, "Not a participant of this dialog");

    /// <summary>Why the principal may not read the dialog, or null. To a consumer, what is not his does not exist.</summary>
    public static Refusal? Refuse(Conversation? conversation, Principal principal, string dialogId) =>
        conversation is null || conversation.FindDialog(dialogId) is not { } dialog ? NotFound
        : !principal.IsAgent ? (conversation.ConsumerId != principal.UserId || dialog.Find(principal.UserId) is null ? NotFound : dialog.Type == DialogType.Other ? NoMessages : null)
        : dialog.Type == DialogType.Other ? NoMessages
        : principal.SeesEverything || dialog.Find(principal.UserId) is { State: ParticipantState.Active } ? null
        : NotParticipant;

    /// <summary>
    /// Whether a consumer's socket gets events of this audience and kind: no private ones, and no cards if its client cannot
    /// show them (protocol 6.5). It skips their numbers.
    /// </summary>
    public static bool IsForConsumer(Connection connection, Audience audience, MessageKind kind) =>
        audience == Audience.All && !(kind == MessageKind.RichContent && connection.HidesRichContent);
}
