namespace Parley.Server.Identity;

/// <summary>An account's own limits; a null member leaves the server's (<see cref="Hosting.LimitOptions"/>).</summary>
public sealed record LimitOverrides
{
    public int? ConsumerRequestsPerSecond { get; init; }
    public int? ConsumerBurst { get; init; }
    public int? AgentRequestsPerSecond { get; init; }
    public int? AgentBurst { get; init; }
    public int? TextCharacters { get; init; }
    public int? FrameBytes { get; init; }
}
