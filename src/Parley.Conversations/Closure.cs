namespace Parley.Conversations;

/// <summary>A time in which nobody of an account is there: from its last closing until its next opening.</summary>
/// <param name="Type"><c>NIGHT</c>, <c>WEEKEND</c> or <c>HOLIDAY</c> (protocol 8.5.2).</param>
/// <param name="Since">Epoch milliseconds; the same for as long as it lasts.</param>
/// <param name="Until">Epoch milliseconds.</param>
public sealed record Closure(string Type, long Since, long Until);
