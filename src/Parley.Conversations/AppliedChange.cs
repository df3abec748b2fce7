namespace Parley.Conversations;

/// <summary>A field change that carried a client-chosen id: a repeat with the same hash is answered like the first.</summary>
public sealed record AppliedChange(string EventId, string UserId, ulong BodyHash);
