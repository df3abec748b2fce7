namespace Parley.Conversations;

/// <summary>Until when the contact centre is closed (protocol 8.5.2).</summary>
/// <param name="Type">As the client names it: <c>NIGHT</c>, <c>WEEKEND</c>, <c>HOLIDAY</c>.</param>
/// <param name="TillWhen">Epoch milliseconds.</param>
public sealed record Delay(string Type, long TillWhen);
