namespace Parley.Conversations;

/// <summary>The life of a ring (protocol 12.4).</summary>
public enum RingState : byte { Waiting, Accepted, Rejected, Cancelled, Expired, AutoAccept }
