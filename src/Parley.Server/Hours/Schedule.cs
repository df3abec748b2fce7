using System.Globalization;
using Parley.Conversations;
using Parley.Server.Identity;

namespace Parley.Server.Hours;

/// <summary>
/// When an account is open: whenever the clock on its wall shows a time within its hours. Where clocks are put forward the hour that
/// they skip does not come; where they are put back the hour that they repeat counts both times.
/// </summary>
internal sealed class Schedule
{
    private const int MostHolidays = 1000;
    private const int FarthestDays = 8192; // beyond what so many holidays can close a weekday for
    private const long Day = 86_400_000;

    private readonly TimeZoneInfo _zone;
    private readonly TimeRange[][] _byWeekday;
    private readonly Dictionary<DateOnly, TimeRange[]> _holidays;

    private Schedule(TimeZoneInfo zone, TimeRange[][] byWeekday, Dictionary<DateOnly, TimeRange[]> holidays) =>
        (_zone, _byWeekday, _holidays) = (zone, byWeekday, holidays);

    /// <exception cref="RefusedException">They make no sense.</exception>
    public static Schedule Of(WorkingHours hours)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(hours.TimeZone ?? "", out var zone) || !zone.HasIanaId)
            throw new RefusedException($"workingHours needs a timeZone like Europe/Berlin; {hours.TimeZone ?? "null"} is none.");
        var byWeekday = Enum.GetValues<DayOfWeek>().Select(_ => Array.Empty<TimeRange>()).ToArray();
        foreach (var (name, ranges) in hours.Days ?? new Dictionary<string, IReadOnlyList<string>>())
        {
            var weekday = Enum.GetValues<DayOfWeek>().Where(day => day.ToString().Equals(name, StringComparison.OrdinalIgnoreCase)).ToArray();
            if (weekday is not [var day]) throw new RefusedException($"workingHours has days monday to sunday, not {name}.");
            byWeekday[(int)day] = Ranges(name, ranges);
        }

        if (byWeekday.All(ranges => ranges.Length == 0)) throw new RefusedException("workingHours names no hours; without the setting it is always open.");
        if (hours.Holidays?.Count > MostHolidays) throw new RefusedException($"workingHours has at most {MostHolidays} holidays.");
        return new Schedule(zone, byWeekday, (hours.Holidays ?? new Dictionary<string, IReadOnlyList<string>>()).ToDictionary(
            holiday => DateOnly.TryParseExact(holiday.Key, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                ? date : throw new RefusedException($"workingHours has holidays like 2026-12-25, not {holiday.Key}."),
            holiday => Ranges(holiday.Key, holiday.Value)));
    }

    /// <summary>What the clock on the wall shows.</summary>
    public DateTime WallClock(long instant) => TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(instant), _zone).DateTime;

    /// <summary>Whether it is open now, since when and until when.</summary>
    public Shift At(long now)
    {
        for (var days = 8; ; days *= 4)
        {
            var (from, until) = (now - days * Day, now + days * Day);
            var (closed, opens) = (from, long.MaxValue);
            foreach (var open in Stretches(from, until))
            {
                if (open.From <= now && now < open.Until) return new(true, open.From, open.Until);
                if (open.Until <= now) closed = open.Until;
                else opens = Math.Min(opens, open.From);
            }

            if ((closed > from && opens < until) || days >= FarthestDays) return new(false, closed, Math.Min(opens, until));
        }
    }

    /// <summary>The time off that <paramref name="now"/> is in, or null.</summary>
    public Closure? ClosureAt(long now) => At(now) is { IsOpen: false } shift ? new(TypeOf(shift), shift.Since, shift.Until) : null;

    // What a holiday leaves open does not make the night before it special, but the time after its hours.
    private string TypeOf(Shift closed)
    {
        var (start, end) = (WallClock(closed.Since), DateOnly.FromDateTime(WallClock(closed.Until)));
        var first = DateOnly.FromDateTime(start);
        var isFromMidnight = start.TimeOfDay == TimeSpan.Zero;
        if (!isFromMidnight && _holidays.ContainsKey(first)) return "HOLIDAY";
        var isWeekend = false;
        for (var date = isFromMidnight ? first : first.AddDays(1); date < end; date = date.AddDays(1))
        {
            if (_holidays.ContainsKey(date)) return "HOLIDAY";
            isWeekend |= _byWeekday[(int)date.DayOfWeek].Length == 0;
        }

        return isWeekend ? "WEEKEND" : "NIGHT";
    }

    // Between two instants, in order, one that goes on until the next begins being one with it.
    private IEnumerable<(long From, long Until)> Stretches(long from, long until)
    {
        (long From, long Until)? last = null;
        foreach (var (start, end, offset) in Offsets(from, until))
        {
            foreach (var open in OpenBetween(start + offset, end + offset).Order())
            {
                var (opens, closes) = (open.From - offset, open.Until - offset);
                if (last is { } before && opens <= before.Until)
                {
                    last = (before.From, Math.Max(before.Until, closes));
                    continue;
                }

                if (last is { } done) yield return done;
                last = (opens, closes);
            }
        }

        if (last is { } rest) yield return rest;
    }

    // By the clock on the wall, both ways in milliseconds as if it were UTC.
    private IEnumerable<(long From, long Until)> OpenBetween(long from, long until)
    {
        for (var midnight = from - from % Day - Day; midnight < until; midnight += Day)
        {
            foreach (var range in RangesOf(DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(midnight).DateTime)))
            {
                var (opens, closes) = (Math.Max(from, midnight + (long)range.From.TotalMilliseconds), Math.Min(until, midnight + (long)range.To.TotalMilliseconds));
                if (opens < closes) yield return (opens, closes);
            }
        }
    }

    // Pieces of a day at most in which the wall clock is off by the same.
    private IEnumerable<(long From, long Until, long Offset)> Offsets(long from, long until)
    {
        for (long start = from, end; start < until; start = end)
        {
            var offset = OffsetAt(start);
            end = Math.Min(start + Day, until);
            if (OffsetAt(end) != offset) end = ChangeBetween(start, end);
            yield return (start, end, offset);
        }
    }

    private long ChangeBetween(long before, long after)
    {
        var offset = OffsetAt(before);
        while (after - before > 1)
        {
            var middle = before + (after - before) / 2;
            if (OffsetAt(middle) == offset) before = middle;
            else after = middle;
        }

        return after;
    }

    private long OffsetAt(long instant) => (long)_zone.GetUtcOffset(DateTimeOffset.FromUnixTimeMilliseconds(instant)).TotalMilliseconds;

    private TimeRange[] RangesOf(DateOnly date) => _holidays.GetValueOrDefault(date) ?? _byWeekday[(int)date.DayOfWeek];

    private static TimeRange[] Ranges(string day, IReadOnlyList<string>? ranges) =>
        ranges is null ? throw new RefusedException($"workingHours has a list of ranges for {day}; [] for none.") : [.. ranges.Select(TimeRange.Parse)];
}
