using Parley.Conversations;
using Parley.Conversations.Events;

namespace Parley.Cluster.Between;

/// <summary>
/// How a forwarded command ended, as whoever forwarded it must know it. Of what was stored only the number of a published message travels: the events
/// themselves come to the nodes that follow the conversation.
/// </summary>
/// <param name="Kind">How it ended.</param>
/// <param name="Refusal">Why nothing happened; there when it was refused.</param>
/// <param name="Message">The head of the message that was published, now or by an earlier attempt: it has no body. Null for other commands.</param>
internal sealed record Outcome(OutcomeKind Kind, Refusal? Refusal = null, MessagePublished? Message = null)
{
    public static Outcome Of(Decision decision) => decision.Refusal is { } refusal
        ? new(OutcomeKind.Refused, refusal)
        : new(OutcomeKind.Done, Message: decision.Repeated ?? (decision.Events is [MessagePublished message, ..] ? message : null));

    /// <summary>The decision as the one who asked may read it.</summary>
    public Decision Decision => Refusal is { } refusal ? refusal : Message is { } message ? Decision.Repeat(message) : Decision.Nothing;
}
