namespace Parley.Protocol;

/// <summary>What there is to know of a notification (protocol 1.3).</summary>
/// <param name="V3Type">Its type on a connection of the third generation; null where that has none.</param>
/// <param name="V2Type">Its type on one of the second.</param>
/// <param name="IsForAgents">Whether only agents get it.</param>
/// <param name="Purpose">What it tells, in a line.</param>
public sealed record NotificationRow(string? V3Type, string V2Type, bool IsForAgents, string Purpose);
