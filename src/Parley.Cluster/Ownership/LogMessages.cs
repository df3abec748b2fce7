using Microsoft.Extensions.Logging;

namespace Parley.Cluster.Ownership;

/// <summary>Events 6000-6099.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(6000, LogLevel.Information, "Node {Node} has its lease")]
    public static partial void Joined(ILogger logger, string node);

    [LoggerMessage(6001, LogLevel.Error, "Node {Node} has lost its lease and serves nothing until it has another one")]
    public static partial void LeaseLost(ILogger logger, string node);

    [LoggerMessage(6002, LogLevel.Information, "Took {Taken} of {Wanted} shards over; {Nodes} nodes live")]
    public static partial void Took(ILogger logger, int taken, int wanted, int nodes);

    [LoggerMessage(6003, LogLevel.Information, "Gave {Given} shards to others; {Nodes} nodes live")]
    public static partial void Gave(ILogger logger, int given, int nodes);

    [LoggerMessage(6004, LogLevel.Warning, "Ownership cannot be looked after now")]
    public static partial void Failed(ILogger logger, Exception cause);

    [LoggerMessage(6005, LogLevel.Information, "Node {Node} has left; its shards are free: {IsKnown}")]
    public static partial void Left(ILogger logger, string node, bool isKnown);
}
