namespace Parley.Client;

/// <summary>Where a client stands with its server.</summary>
/// <param name="Phase">What it is doing.</param>
/// <param name="LastClosure">How the last connection ended; null before the first loss.</param>
/// <param name="Delay">While <see cref="ConnectionPhase.Waiting"/>: how long until the next attempt.</param>
public sealed record ConnectionState(ConnectionPhase Phase, SocketClosure? LastClosure = null, TimeSpan Delay = default);
