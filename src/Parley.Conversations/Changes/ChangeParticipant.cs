namespace Parley.Conversations.Changes;

/// <summary>Somebody joins, leaves, changes his role or is proposed (protocol 9.4, 9.5).</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Role">Which role is given or taken.</param>
/// <param name="UserId">Who; null for the assigned agent where he is to be removed, and for the actor himself elsewhere.</param>
/// <param name="DialogId">Where; null for MAIN.</param>
public sealed record ChangeParticipant(ParticipantChange Kind, Role Role, string? UserId, string? DialogId) : FieldChange(false, true);
