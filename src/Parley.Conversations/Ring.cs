namespace Parley.Conversations;

/// <summary>An offer of a conversation to one agent (protocol 12.4).</summary>
/// <param name="Id">Opaque id the agent answers with.</param>
/// <param name="AgentId">The agent's public id.</param>
/// <param name="State">Waiting until answered, expired or cancelled.</param>
/// <param name="OfferedTs">When it was offered, epoch milliseconds.</param>
/// <param name="ExpiresTs">When it expires, epoch milliseconds.</param>
public sealed record Ring(string Id, string AgentId, RingState State, long OfferedTs, long ExpiresTs)
{
    /// <summary>Why he was rung, for people to read; null when nobody said.</summary>
    public string? Why { get; init; }

    /// <summary>When it stopped waiting, or null while it waits.</summary>
    public long? EndedTs { get; init; }
}
