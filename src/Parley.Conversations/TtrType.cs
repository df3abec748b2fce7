namespace Parley.Conversations;

/// <summary>The label of a response promise (protocol 15.5).</summary>
public enum TtrType : byte { Normal, Urgent, Prioritized, Custom }
