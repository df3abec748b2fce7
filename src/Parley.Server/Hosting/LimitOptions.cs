namespace Parley.Server.Hosting;

/// <summary>What a socket may do. An account may differ (<see cref="Identity.LimitOverrides"/>).</summary>
public sealed class LimitOptions
{
    /// <summary>Off for measuring only.</summary>
    public bool RateLimits { get; set; } = true;

    /// <summary>Connections at a time, sockets and HTTP together; more are closed at once. Null: as many as the system allows.</summary>
    public long? Connections { get; set; }

    /// <summary>Requests per second and socket that a consumer may keep up.</summary>
    public int ConsumerRequestsPerSecond { get; set; } = 20;

    public int ConsumerBurst { get; set; } = 50;

    /// <summary>Requests per second and socket that an agent may keep up.</summary>
    public int AgentRequestsPerSecond { get; set; } = 200;

    public int AgentBurst { get; set; } = 500;

    /// <summary>Longest text message, characters.</summary>
    public int TextCharacters { get; set; } = 8_000;

    /// <summary>Largest frame, bytes.</summary>
    public int FrameBytes { get; set; } = 1024 * 1024;

    /// <summary>Requests of one socket that may await their answer; then the socket is not read.</summary>
    public int OpenRequests { get; set; } = 64;

    /// <summary>Conversation lists, rings and agent states that one socket may follow.</summary>
    public int Subscriptions { get; set; } = 32;

    /// <summary>Dialogs that one socket may follow by subscription.</summary>
    public int Dialogs { get; set; } = 1_000;

    /// <summary>Bytes of live frames that may wait for a slow reader before it is cut.</summary>
    public int OutboundBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>The server pings this often.</summary>
    public int PingSeconds { get; set; } = 50;

    /// <summary>A socket without any frame for so long is closed.</summary>
    public int IdleSeconds { get; set; } = 150;

    /// <summary>Sockets per second that a node which stops sends to the other nodes; all of them within ten seconds.</summary>
    public int ClosuresPerSecond { get; set; } = 1_000;
}
