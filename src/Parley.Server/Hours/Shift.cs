namespace Parley.Server.Hours;

/// <summary>A stretch of time in which an account is open, or is not.</summary>
/// <param name="IsOpen">Whether somebody is there.</param>
/// <param name="Since">When it began, epoch milliseconds.</param>
/// <param name="Until">When the other kind begins; for an open one that is far away, some time before.</param>
internal readonly record struct Shift(bool IsOpen, long Since, long Until);
