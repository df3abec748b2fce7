using System.Globalization;
using Parley.Server.Identity;

namespace Parley.Server.Hours;

/// <summary>Part of a day by the clock on the wall.</summary>
/// <param name="From">Since midnight.</param>
/// <param name="To">Since the same midnight; past 24 hours on the next day.</param>
internal readonly record struct TimeRange(TimeSpan From, TimeSpan To)
{
    private static readonly TimeSpan Midnight = TimeSpan.FromDays(1);

    /// <exception cref="RefusedException">It is none.</exception>
    public static TimeRange Parse(string? text)
    {
        if (text?.Split('-') is [var first, var second] && TimeOf(first) is { } from && TimeOf(second) is { } to && from != to && from != Midnight)
            return new(from, to > from ? to : to + Midnight);
        throw new RefusedException($"workingHours has ranges like 09:00-17:30, 22:00-02:00 or 00:00-24:00, not {text ?? "null"}.");
    }

    private static TimeSpan? TimeOf(string text) =>
        text == "24:00" ? Midnight
        : TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time.ToTimeSpan() : null;
}
