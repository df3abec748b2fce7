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
    internal static readonly Decision RingIsOver = new Refusal(RefusalKind.Conflict, "Ring is not waiting any more");
}
