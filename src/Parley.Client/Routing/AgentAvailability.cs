namespace Parley.Client;

/// <summary>What work an agent takes (protocol 12.1).</summary>
public enum AgentAvailability
{
    /// <summary>New conversations and transfers.</summary>
    Online,

    /// <summary>Transfers only.</summary>
    Occupied,

    /// <summary>Nothing, but soon again.</summary>
    BackSoon,

    /// <summary>Nothing.</summary>
    Away,

    /// <summary>Nothing; signed off.</summary>
    Offline,
}
