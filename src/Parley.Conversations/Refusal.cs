namespace Parley.Conversations;

/// <summary>A command that changed nothing, and why.</summary>
/// <param name="Kind">The class of reason.</param>
/// <param name="Details">One sentence for the developer of the client; at most 128 characters (protocol 28).</param>
public sealed record Refusal(RefusalKind Kind, string Details)
{
    internal static readonly Decision NoConversation = new Refusal(RefusalKind.NotFound, "Conversation not found");
    internal static readonly Decision NoDialog = new Refusal(RefusalKind.NotFound, "Dialog not found");
    internal static readonly Decision Closed = new Refusal(RefusalKind.Invalid, "Conversation is closed");
    internal static readonly Decision DialogIsClosed = new Refusal(RefusalKind.Invalid, "Dialog is closed");
    internal static readonly Decision NotParticipant = new Refusal(RefusalKind.Forbidden, "Not a participant of this dialog");
    internal static readonly Decision AgentNotInConversation = new Refusal(RefusalKind.Invalid, "Agent does not exist in conversation");
    internal static readonly Decision ReaderIsSilent = new Refusal(RefusalKind.Forbidden, "A reader may only publish receipts");
    internal static readonly Decision PrivateByConsumer = new Refusal(RefusalKind.Forbidden, "A consumer cannot publish private events");
    internal static readonly Decision EventIdReused = new Refusal(RefusalKind.Conflict, "eventId was used with another body");
    internal static readonly Decision NoRing = new Refusal(RefusalKind.NotFound, "Ring not found");
    internal static readonly Decision HasAgent = new Refusal(RefusalKind.Conflict, "Conversation has an agent");
    internal static readonly Decision RingIdReused = new Refusal(RefusalKind.Conflict, "Ring id was used before");
    internal static readonly Decision OnlyForAgents = new Refusal(RefusalKind.Forbidden, "Only an agent may change this");
    internal static readonly Decision OnlyForConsumer = new Refusal(RefusalKind.Forbidden, "Only the consumer may change this");
    internal static readonly Decision OnlyForManagers = new Refusal(RefusalKind.Forbidden, "Only a manager may do this");
    internal static readonly Decision ReaderChangesNothing = new Refusal(RefusalKind.Forbidden, "A reader may not change the conversation");
    internal static readonly Decision RoleIsServers = new Refusal(RefusalKind.Invalid, "This role is not given or taken by requests");
    internal static readonly Decision OnlyAssignedIsSuggested = new Refusal(RefusalKind.Invalid, "SUGGEST needs role ASSIGNED_AGENT and userId");
    internal static readonly Decision TakesPartAlready = new Refusal(RefusalKind.Conflict, "The agent takes part already");
    internal static readonly Decision DialogTypeIsServers = new Refusal(RefusalKind.Invalid, "Only dialogs of type OTHER or AGENTS are created by requests");
    internal static readonly Decision DialogIdIsTaken = new Refusal(RefusalKind.Invalid, "dialogId is missing, taken or not allowed");
    internal static readonly Decision DialogIsOpen = new Refusal(RefusalKind.Conflict, "A dialog of this channel is open");
    internal static readonly Decision DialogHasNoMessages = new Refusal(RefusalKind.Invalid, "This dialog carries no messages");
    internal static readonly Decision DialogHasNoChatStates = new Refusal(RefusalKind.Invalid, "This dialog takes no chat states");
    internal static readonly Decision ChangedMeanwhile = new Refusal(RefusalKind.Conflict, "The conversation has changed");
    internal static readonly Decision RingIsOver = new Refusal(RefusalKind.Conflict, "Ring is not waiting any more");
}
