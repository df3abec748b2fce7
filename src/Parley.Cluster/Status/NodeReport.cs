namespace Parley.Cluster.Status;

/// <summary>What a node alone knows of itself, as it last told the database.</summary>
/// <param name="Host">The machine.</param>
/// <param name="Version">Of the program.</param>
/// <param name="StartedAt">When the process began.</param>
/// <param name="Sockets">Open sockets.</param>
/// <param name="Conversations">Conversations in memory.</param>
/// <param name="Waiting">What clients asked and other nodes, or nobody yet, must decide.</param>
/// <param name="LongestSilence">Seconds since the node was heard that was not heard for longest; null when there is no other.</param>
/// <param name="Problem">Why it takes no work, or null.</param>
public sealed record NodeReport(
    string Host, string Version, DateTimeOffset StartedAt, int Sockets, int Conversations, int Waiting, double? LongestSilence, string? Problem);
