namespace Parley.Server.Waiting;

/// <summary>Where a consumer's conversation stands in the queue.</summary>
/// <param name="Position">1 for the next one; null when it does not wait for an agent.</param>
/// <param name="EstimateSeconds">How long it probably waits from now; null when nothing honest can be said.</param>
/// <param name="DelayUntil">Until when nobody is there, epoch milliseconds, or null.</param>
internal sealed record WaitingBody(int? Position, long? EstimateSeconds, long? DelayUntil);
