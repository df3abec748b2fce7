namespace Parley.Server.Waiting;

/// <summary>Whether somebody is there to write to, for everybody to read.</summary>
/// <param name="BrandName">What the brand is called, or null.</param>
/// <param name="Open">Whether it is within working hours.</param>
/// <param name="OpensAt">When they begin again, epoch milliseconds; null while it is open.</param>
/// <param name="AgentsOnline">Whether an agent takes conversations now.</param>
/// <param name="UsualAnswerSeconds">How long the first answer took today on average; null while that promises nothing.</param>
/// <param name="FileSharing">Whether files may be sent.</param>
/// <param name="FileTypes">Which ones.</param>
/// <param name="FileBytes">The largest one.</param>
internal sealed record AvailabilityBody(
    string? BrandName, bool Open, long? OpensAt, bool AgentsOnline, long? UsualAnswerSeconds, bool FileSharing, IReadOnlyList<string> FileTypes, int FileBytes);
