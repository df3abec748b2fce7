namespace Parley.Conversations;

/// <summary>A command that changed nothing, and why.</summary>
/// <param name="Kind">The class of reason.</param>
/// <param name="Details">One sentence for the developer of the client; at most 128 characters (protocol 28).</param>
public sealed record Refusal(RefusalKind Kind, string Details)
{
    internal static readonly Refusal NoConversation = new(RefusalKind.NotFound, "Conversation not found");
    internal static readonly Refusal NoDialog = new(RefusalKind.NotFound, "Dialog not found");
    internal static readonly Refusal Closed = new(RefusalKind.Invalid, "Conversation is closed");
    internal static readonly Refusal DialogIsClosed = new(RefusalKind.Invalid, "Dialog is closed");
    internal static readonly Refusal NotParticipant = new(RefusalKind.Forbidden, "Not a participant of this dialog");
    internal static readonly Refusal AgentNotInConversation = new(RefusalKind.Invalid, "Agent does not exist in conversation");
    internal static readonly Refusal ReaderIsSilent = new(RefusalKind.Forbidden, "A reader may only publish receipts");
    internal static readonly Refusal PrivateByConsumer = new(RefusalKind.Forbidden, "A consumer cannot publish private events");
    internal static readonly Refusal EventIdReused = new(RefusalKind.Conflict, "eventId was used with another body");
    internal static readonly Refusal NoRing = new(RefusalKind.NotFound, "Ring not found");
    internal static readonly Refusal HasAgent = new(RefusalKind.Conflict, "Conversation has an agent");
    internal static readonly Refusal RingIdReused = new(RefusalKind.Conflict, "Ring id was used before");
    internal static readonly Refusal OnlyForAgents = new(RefusalKind.Forbidden, "Only an agent may change this");
    internal static readonly Refusal OnlyForConsumer = new(RefusalKind.Forbidden, "Only the consumer may change this");
    internal static readonly Refusal OnlyForManagers = new(RefusalKind.Forbidden, "Only a manager may do this");
    internal static readonly Refusal ReaderChangesNothing = new(RefusalKind.Forbidden, "A reader may not change the conversation");
    internal static readonly Refusal RoleIsServers = new(RefusalKind.Invalid, "This role is not given or taken by requests");
    internal static readonly Refusal OnlyAssignedIsSuggested = new(RefusalKind.Invalid, "SUGGEST needs role ASSIGNED_AGENT and userId");
    internal static readonly Refusal TakesPartAlready = new(RefusalKind.Conflict, "The agent takes part already");
    internal static readonly Refusal DialogTypeIsServers = new(RefusalKind.Invalid, "Only dialogs of type OTHER or AGENTS are created by requests");
    internal static readonly Refusal DialogIdIsTaken = new(RefusalKind.Invalid, "dialogId is missing, taken or not allowed");
    internal static readonly Refusal DialogIsOpen = new(RefusalKind.Conflict, "A dialog of this channel is open");
    internal static readonly Refusal DialogHasNoMessages = new(RefusalKind.Invalid, "This dialog carries no messages");
    internal static readonly Refusal DialogHasNoChatStates = new(RefusalKind.Invalid, "This dialog takes no chat states");
    internal static readonly Refusal ChangedMeanwhile = new(RefusalKind.Conflict, "The conversation has changed");
    internal static readonly Refusal RingIsOver = new(RefusalKind.Conflict, "Ring is not waiting any more");
}
