namespace Parley.Conversations;

/// <summary>The consumer's rating (protocol 9.7).</summary>
/// <param name="Rate">1 to 5, or null when skipped.</param>
/// <param name="ResolutionConfirmation">Whether the matter was settled, or null.</param>
/// <param name="Status"><c>FILLED</c>, <c>PARTIALLY_FILLED</c> or <c>SKIPPED</c>.</param>
public sealed record Csat(int? Rate, bool? ResolutionConfirmation, string Status);
