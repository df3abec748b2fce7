using System.Text.Json.Serialization;
using Parley.Server.Hours;

namespace Parley.Server.Identity;

/// <summary>
/// When somebody of an account is there, as operators write it. A range is <c>09:00-17:30</c> by the clock on the wall; it may end at
/// <c>24:00</c>, or before it begins, which is on the next day.
/// </summary>
/// <param name="TimeZone">Where the clock hangs: an IANA name.</param>
/// <param name="Days">Ranges by weekday, <c>monday</c> to <c>sunday</c>; on days that are not named nobody is there.</param>
/// <param name="Holidays">Ranges by date (<c>2026-12-25</c>) in place of its weekday's, none for the whole day off; or null.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record WorkingHours(
    string TimeZone, IReadOnlyDictionary<string, IReadOnlyList<string>> Days, IReadOnlyDictionary<string, IReadOnlyList<string>>? Holidays = null)
{
    /// <summary>By whose clock an account lives: that of its hours, UTC without any or where this machine does not know it.</summary>
    internal static TimeZoneInfo ZoneOf(WorkingHours? hours) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(hours?.TimeZone ?? "UTC", out var zone) ? zone : TimeZoneInfo.Utc;

    internal static void Check(WorkingHours? hours)
    {
        if (hours is not null) Schedule.Of(hours);
    }
}
