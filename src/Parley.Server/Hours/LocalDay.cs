namespace Parley.Server.Hours;

/// <summary>From one midnight to the next by the clock on the wall: 23 to 25 hours where clocks are put forward or back.</summary>
/// <param name="Start">Epoch milliseconds.</param>
/// <param name="End">When the next day begins.</param>
internal readonly record struct LocalDay(long Start, long End)
{
    /// <summary>The day that <paramref name="now"/> is in.</summary>
    public static LocalDay Of(TimeZoneInfo zone, long now)
    {
        var date = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(now), zone).Date;
        return new(BeginningOf(date, zone), BeginningOf(date.AddDays(1), zone));
    }

    // A midnight that clocks skip is the moment at which they do; of one that they show twice the first counts.
    private static long BeginningOf(DateTime midnight, TimeZoneInfo zone)
    {
        var offset = zone.IsInvalidTime(midnight) ? zone.GetUtcOffset(midnight.AddHours(-2))
            : zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max()
            : zone.GetUtcOffset(midnight);
        return new DateTimeOffset(midnight, offset).ToUnixTimeMilliseconds();
    }
}
