namespace Parley.Client;

/// <summary>Settings of an <see cref="AgentClient"/>.</summary>
public sealed class AgentClientOptions : ParleyClientOptions
{
    /// <summary>Whether every ring is accepted as soon as it comes: what a bot wants.</summary>
    public bool AutoAccept { get; init; }

    /// <summary>How often the session is extended on the server.</summary>
    public TimeSpan SessionRefreshInterval { get; init; } = TimeSpan.FromMinutes(4);
}
