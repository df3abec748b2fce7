namespace Parley.Client;

/// <summary>What became of a ring (protocol 12.4).</summary>
public enum RingState
{
    /// <summary>A state this version does not know.</summary>
    Unknown,

    /// <summary>It waits for the agent's answer.</summary>
    Waiting,

    /// <summary>The agent accepted, or it was accepted for him: the conversation is his.</summary>
    Accepted,

    /// <summary>The agent rejected.</summary>
    Rejected,

    /// <summary>It was taken back: another agent was faster, or the conversation closed.</summary>
    Cancelled,

    /// <summary>Nobody answered in time.</summary>
    Expired,
}
