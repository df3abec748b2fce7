namespace Parley.Client;

/// <summary>The phases of a client's connection.</summary>
public enum ConnectionPhase
{
    /// <summary>Not connected yet.</summary>
    Idle,

    /// <summary>Opening a connection.</summary>
    Connecting,

    /// <summary>Connected, and every subscription and the agent's state restored.</summary>
    Connected,

    /// <summary>Waiting before the next attempt.</summary>
    Waiting,

    /// <summary>Disposed, or given up: <see cref="ParleyClient.Completion"/> says which.</summary>
    Ended,
}
