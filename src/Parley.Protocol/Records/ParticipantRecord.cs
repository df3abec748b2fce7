namespace Parley.Protocol.Records;

/// <summary>A participant of a dialog, role and state as on the wire.</summary>
public readonly record struct ParticipantRecord(UserName User, string Role, bool IsSuggested);
