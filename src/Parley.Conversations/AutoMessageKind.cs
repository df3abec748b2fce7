namespace Parley.Conversations;

/// <summary>On what occasion the server itself writes to a consumer (protocol 15.9).</summary>
public enum AutoMessageKind : byte
{
    /// <summary>Nobody is there at this time.</summary>
    OffHours,

    /// <summary>His conversation began.</summary>
    Welcome,

    /// <summary>His agent handed it on.</summary>
    Transfer,

    /// <summary>He has been waiting for an agent for a while.</summary>
    Waiting,
}
