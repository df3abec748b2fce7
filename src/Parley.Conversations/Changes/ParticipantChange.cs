namespace Parley.Conversations.Changes;

/// <summary>What happens to a participant (protocol 9.4).</summary>
public enum ParticipantChange : byte { Add, Remove, Update, Suggest }
