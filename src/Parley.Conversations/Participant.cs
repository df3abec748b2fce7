namespace Parley.Conversations;

/// <summary>A user in a dialog.</summary>
/// <param name="UserId">The public id: an agent's pid, a consumer's <c>sub</c>.</param>
/// <param name="Role">What the user may do here.</param>
/// <param name="State">Active, or merely suggested.</param>
/// <param name="ReadThrough">The READ watermark: the highest number named in a READ receipt, or the number before the joining one; -1 for nothing.</param>
public sealed record Participant(string UserId, Role Role, ParticipantState State = ParticipantState.Active, long ReadThrough = -1);
