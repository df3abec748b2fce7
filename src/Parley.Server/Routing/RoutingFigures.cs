namespace Parley.Server.Routing;

/// <summary>How routing stands in an account.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Waiting">Conversations that wait for an agent.</param>
/// <param name="Overdue">Those of them that should have been answered.</param>
/// <param name="WaitingSince">Since when the longest waits (epoch milliseconds), not counting while the account was closed; null when none does.</param>
/// <param name="RingsWaiting">Rings that wait for their agents.</param>
/// <param name="AgentsByState">How many agents say what of themselves.</param>
internal sealed record RoutingFigures(
    string AccountId, int Waiting, int Overdue, long? WaitingSince, int RingsWaiting, IReadOnlyDictionary<string, int> AgentsByState);
