using System.Globalization;
using Parley.Conversations;
using Parley.Server.Hours;
using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Hours;

/// <summary>When an account is open, wherever it is and whatever its clocks do.</summary>
public sealed class ScheduleTests
{
    private const long Minute = 60_000;
    private static readonly string[] Weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    // 2026-11-23 is a Monday. Berlin puts its clocks forward at 02:00 on 2026-03-29, back at 03:00 on 2026-10-25, both Sundays.
    [Theory]
    [InlineData("Europe/Berlin", "09:00-17:30", "2026-11-23T07:59Z", false, "2026-11-23T08:00Z")]
    [InlineData("Europe/Berlin", "09:00-17:30", "2026-11-23T08:00Z", true, "2026-11-23T16:30Z")]
    [InlineData("Europe/Berlin", "09:00-17:30", "2026-11-23T16:29Z", true, "2026-11-23T16:30Z")]
    [InlineData("Europe/Berlin", "09:00-17:30", "2026-11-23T16:30Z", false, "2026-11-24T08:00Z")]
    [InlineData("Europe/Berlin", "09:00-17:30", "2026-07-06T07:00Z", true, "2026-07-06T15:30Z")]
    [InlineData("Europe/Berlin", "09:00-12:00,13:00-18:00", "2026-11-23T11:30Z", false, "2026-11-23T12:00Z")]
    [InlineData("Europe/Berlin", "09:00-12:00,12:00-18:00", "2026-11-23T11:00Z", true, "2026-11-23T17:00Z")]
    [InlineData("Europe/Berlin", "13:00-18:00,09:00-14:00", "2026-11-23T09:00Z", true, "2026-11-23T17:00Z")]
    [InlineData("Europe/Berlin", "22:00-02:00", "2026-11-24T00:30Z", true, "2026-11-24T01:00Z")]
    [InlineData("Europe/Berlin", "22:00-02:00", "2026-11-24T01:00Z", false, "2026-11-24T21:00Z")]
    [InlineData("Europe/Berlin", "18:00-24:00", "2026-11-23T22:59Z", true, "2026-11-23T23:00Z")]
    [InlineData("Europe/Berlin", "02:00-03:00", "2026-03-28T23:00Z", false, "2026-03-30T00:00Z")]
    [InlineData("Europe/Berlin", "02:30-05:00", "2026-03-29T00:59Z", false, "2026-03-29T01:00Z")]
    [InlineData("Europe/Berlin", "01:00-02:30", "2026-03-29T00:30Z", true, "2026-03-29T01:00Z")]
    [InlineData("Europe/Berlin", "22:00-06:00", "2026-03-28T22:00Z", true, "2026-03-29T04:00Z")]
    [InlineData("Europe/Berlin", "22:00-06:00", "2026-10-24T20:00Z", true, "2026-10-25T05:00Z")]
    [InlineData("Europe/Berlin", "02:30-04:00", "2026-10-25T00:00Z", false, "2026-10-25T00:30Z")]
    [InlineData("Europe/Berlin", "02:30-04:00", "2026-10-25T00:30Z", true, "2026-10-25T01:00Z")]
    [InlineData("Europe/Berlin", "02:30-04:00", "2026-10-25T01:00Z", false, "2026-10-25T01:30Z")]
    [InlineData("Europe/Berlin", "02:30-04:00", "2026-10-25T01:30Z", true, "2026-10-25T03:00Z")]
    [InlineData("UTC", "00:00-08:00", "2026-11-23T08:00Z", false, "2026-11-24T00:00Z")]
    [InlineData("Asia/Kolkata", "09:15-18:00", "2026-11-23T03:44Z", false, "2026-11-23T03:45Z")]
    [InlineData("America/St_Johns", "09:00-17:00", "2026-11-23T12:30Z", true, "2026-11-23T20:30Z")]
    [InlineData("Pacific/Kiritimati", "09:00-17:00", "2026-11-22T19:00Z", true, "2026-11-23T03:00Z")]
    [InlineData("Australia/Lord_Howe", "09:00-17:00", "2026-11-22T22:00Z", true, "2026-11-23T06:00Z")]
    public void It_is_open_when_the_clock_on_its_wall_says_so(string zone, string everyDay, string now, bool isOpen, string until)
    {
        var schedule = Schedule.Of(new WorkingHours(zone, Weekdays.ToDictionary(day => day, _ => (IReadOnlyList<string>)everyDay.Split(','))));

        var shift = schedule.At(At(now));

        Assert.Equal((isOpen, until), (shift.IsOpen, Text(shift.Until)));
        Assert.Equal(!isOpen, schedule.At(shift.Until).IsOpen);
        Assert.Equal(shift.Until, schedule.At(shift.Until).Since);
        Assert.Equal(isOpen, schedule.At(shift.Until - 1).IsOpen);
        Assert.Equal(isOpen, schedule.ClosureAt(At(now)) is null);
    }

    // Open Monday to Friday 09:00 to 17:00, on 2026-12-24 (a Thursday) until 12:00, not at all on the 25th and on Thursday the 31st.
    [Theory]
    [InlineData("2026-11-23T03:00Z", "WEEKEND", "2026-11-20T17:00Z", "2026-11-23T09:00Z")]
    [InlineData("2026-11-21T12:00Z", "WEEKEND", "2026-11-20T17:00Z", "2026-11-23T09:00Z")]
    [InlineData("2026-11-24T03:00Z", "NIGHT", "2026-11-23T17:00Z", "2026-11-24T09:00Z")]
    [InlineData("2026-12-24T03:00Z", "NIGHT", "2026-12-23T17:00Z", "2026-12-24T09:00Z")]
    [InlineData("2026-12-24T12:00Z", "HOLIDAY", "2026-12-24T12:00Z", "2026-12-28T09:00Z")]
    [InlineData("2026-12-27T23:00Z", "HOLIDAY", "2026-12-24T12:00Z", "2026-12-28T09:00Z")]
    [InlineData("2026-12-30T17:00Z", "HOLIDAY", "2026-12-30T17:00Z", "2027-01-01T09:00Z")]
    public void A_time_off_has_one_name_from_its_beginning_to_its_end(string now, string type, string since, string until) =>
        Assert.Equal(new Closure(type, At(since), At(until)), OfficeHours().ClosureAt(At(now)));

    [Fact]
    public void A_midnight_that_hours_end_at_belongs_to_the_time_off()
    {
        var schedule = Schedule.Of(new WorkingHours("UTC", Days("00:00-24:00", "monday", "tuesday", "wednesday", "thursday", "friday", "sunday"), new Dictionary<string, IReadOnlyList<string>>
        {
            ["2026-11-25"] = [], ["2026-11-27"] = ["09:00-24:00"],
        }));

        Assert.Equal("WEEKEND", schedule.ClosureAt(At("2026-11-28T10:00Z"))?.Type);
        Assert.Equal("HOLIDAY", schedule.ClosureAt(At("2026-11-25T10:00Z"))?.Type);
        Assert.Equal(new Closure("NIGHT", At("2026-11-27T00:00Z"), At("2026-11-27T09:00Z")), schedule.ClosureAt(At("2026-11-27T08:00Z")));
    }

    [Fact]
    public void Always_open_is_open_for_ever() =>
        Assert.True(Schedule.Of(new WorkingHours("Europe/Berlin", Days("00:00-24:00", Weekdays))).At(At("2026-03-29T01:00Z")) is { IsOpen: true } shift && shift.Until > At("2026-04-01T00:00Z"));

    [Fact]
    public void A_year_of_holidays_ends_at_the_first_day_after_it()
    {
        var holidays = Enumerable.Range(0, 365).ToDictionary(i => new DateOnly(2026, 1, 1).AddDays(i).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), _ => (IReadOnlyList<string>)[]);
        var schedule = Schedule.Of(new WorkingHours("UTC", Days("09:00-17:00", "monday"), holidays));

        Assert.Equal(new Closure("HOLIDAY", At("2025-12-29T17:00Z"), At("2027-01-04T09:00Z")), schedule.ClosureAt(At("2026-07-01T00:00Z")));
    }

    [Theory]
    [InlineData("""{"timeZone":"Mars/Olympus","days":{"monday":["09:00-17:00"]}}""", "Mars/Olympus is none")]
    [InlineData("""{"timeZone":"Europe/Berlin","days":{}}""", "names no hours")]
    [InlineData("""{"timeZone":"Europe/Berlin","days":{"monday":[]}}""", "names no hours")]
    [InlineData("""{"timeZone":"Europe/Berlin","days":{"mon":["09:00-17:00"]}}""", "not mon")]
    [InlineData("""{"timeZone":"Europe/Berlin","days":{"1":["09:00-17:00"]}}""", "not 1")]
    [InlineData("""{"timeZone":"Europe/Berlin","days":{"monday":["9-17"]}}""", "not 9-17")]
    [InlineData("""{"timeZone":"Europe/Berlin","days":{"monday":["09:00-25:00"]}}""", "not 09:00-25:00")]
    [InlineData("""{"timeZone":"Europe/Berlin","days":{"monday":["09:00-09:00"]}}""", "not 09:00-09:00")]
    [InlineData("""{"timeZone":"Europe/Berlin","days":{"monday":["24:00-02:00"]}}""", "not 24:00-02:00")]
    [InlineData("""{"timeZone":"Europe/Berlin","days":{"monday":["09:00-12:00-13:00"]}}""", "not 09:00-12:00-13:00")]
    [InlineData("""{"timeZone":"Europe/Berlin","days":{"monday":[null]}}""", "not null")]
    [InlineData("""{"timeZone":"Europe/Berlin","days":{"monday":null}}""", "list of ranges for monday")]
    [InlineData("""{"timeZone":"Europe/Berlin","days":{"monday":["09:00-17:00"]},"holidays":{"25.12.":[]}}""", "not 25.12.")]
    [InlineData("""{"timeZone":"Europe/Berlin","days":{"monday":["09:00-17:00"]},"holidays":{"2026-02-29":[]}}""", "not 2026-02-29")]
    [InlineData("""{"timeZone":"Europe/Berlin","days":{"monday":["09:00-17:00"]},"holidays":{"2026-12-24":["x"]}}""", "not x")]
    [InlineData("""{"timeZone":"Europe/Berlin","days":{"monday":["09:00-17:00"]},"hollidays":{}}""", "does not take this value")]
    [InlineData("""{"days":{"monday":["09:00-17:00"]}}""", "needs a timeZone")]
    [InlineData("""{"timeZone":"Europe/Berlin"}""", "names no hours")]
    [InlineData("[]", "does not take this value")]
    [InlineData("always", "does not take this value")]
    public void What_makes_no_sense_is_refused_with_words(string value, string why) =>
        Assert.Contains(why, Assert.Throws<RefusedException>(() => SettingsChange.Apply(AccountSettings.Default, "workingHours", value)).Message);

    [Fact]
    public void What_operators_typed_is_kept_as_they_typed_it()
    {
        const string value = """{"timeZone":"Europe/Berlin","days":{"monday":["09:00-17:00"]},"holidays":{"2026-12-24":["09:00-12:00"],"2026-12-25":[]}}""";

        var hours = SettingsChange.Apply(AccountSettings.Default, "workingHours", value).WorkingHours!;

        Assert.Equal(("Europe/Berlin", "09:00-17:00", 0), (hours.TimeZone, hours.Days["monday"][0], hours.Holidays!["2026-12-25"].Count));
        Assert.Null(SettingsChange.Apply(new AccountSettings { WorkingHours = hours }, "workingHours", "").WorkingHours);
    }

    /// <summary>Any hours, anywhere, around a change of clocks: as looking at the clock on the wall every minute tells.</summary>
    [Fact]
    public void It_agrees_with_who_looks_at_the_clock_every_minute()
    {
        var random = Seed.New();
        for (var times = 6 * Seed.Scale; times > 0; times--)
        {
            var (hours, from) = Sample(random);
            var zone = TimeZoneInfo.FindSystemTimeZoneById(hours.TimeZone);
            var schedule = Schedule.Of(hours);
            var seen = Enumerable.Range(0, 9 * 24 * 60).Select(i => IsOpen(hours, zone, from + i * Minute)).ToArray();
            for (var i = 0; i < seen.Length; i += random.Next(1, 40))
            {
                var shift = schedule.At(from + i * Minute);
                Assert.True(seen[i] == shift.IsOpen, $"{hours.TimeZone} {Text(from + i * Minute)}");
                if (Array.IndexOf(seen, !seen[i], i) is > 0 and var next) Assert.True(from + next * Minute == shift.Until, $"{hours.TimeZone} {Text(from + i * Minute)} until {Text(shift.Until)}");
                if (Array.LastIndexOf(seen, !seen[i], i) is >= 0 and var last) Assert.True(from + (last + 1) * Minute == shift.Since, $"{hours.TimeZone} {Text(from + i * Minute)} since {Text(shift.Since)}");
            }
        }
    }

    private static (WorkingHours Hours, long From) Sample(Random random)
    {
        string[] zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/St_Johns", "Africa/Casablanca", "Asia/Kathmandu", "America/Santiago", "Pacific/Apia", "UTC"];
        string[] starts = ["2026-03-25", "2026-10-21", "2026-03-05", "2026-10-29", "2026-04-02", "2026-02-11", "2026-09-03", "2026-12-28"];
        var from = DateOnly.Parse(starts[random.Next(starts.Length)], CultureInfo.InvariantCulture);
        return (new WorkingHours(
            zones[random.Next(zones.Length)],
            Weekdays.ToDictionary(day => day, _ => Ranges()),
            new Dictionary<string, IReadOnlyList<string>> { [from.AddDays(random.Next(8)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)] = Ranges() }), At($"{from:yyyy-MM-dd}T00:00Z"));

        IReadOnlyList<string> Ranges() => [.. Enumerable.Range(0, random.Next(4)).Select(_ => Range()).Append("10:00-10:05")];

        string Range()
        {
            var (begin, end) = (random.Next(48), random.Next(1, 49));
            return begin * 30 == end * 30 ? "00:00-24:00" : $"{Clock(begin)}-{Clock(end)}";
        }

        static string Clock(int halfHours) => $"{halfHours / 2:00}:{halfHours % 2 * 30:00}";
    }

    // Once more, the simplest way: what the clock shows, and yesterday's ranges that go past midnight.
    private static bool IsOpen(WorkingHours hours, TimeZoneInfo zone, long instant)
    {
        var wall = TimeZoneInfo.ConvertTimeFromUtc(DateTimeOffset.FromUnixTimeMilliseconds(instant).UtcDateTime, zone);
        var clock = wall.ToString("HH:mm", CultureInfo.InvariantCulture);
        return Of(wall).Any(r => Begins(r) <= Order(clock) && (Order(clock) < Ends(r) || Ends(r) <= Begins(r)))
            || Of(wall.AddDays(-1)).Any(r => Ends(r) <= Begins(r) && Order(clock) < Ends(r));

        IReadOnlyList<string> Of(DateTime date) =>
            hours.Holidays!.TryGetValue(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), out var own) ? own : hours.Days[Weekdays[((int)date.DayOfWeek + 6) % 7]];

        static int Begins(string range) => Order(range[..5]);
        static int Ends(string range) => Order(range[6..]);
        static int Order(string clock) => int.Parse(clock.Replace(":", ""), CultureInfo.InvariantCulture);
    }

    private static Schedule OfficeHours() => Schedule.Of(new WorkingHours("UTC", Days("09:00-17:00", Weekdays[..5]), new Dictionary<string, IReadOnlyList<string>>
    {
        ["2026-12-24"] = ["09:00-12:00"], ["2026-12-25"] = [], ["2026-12-31"] = [],
    }));

    private static Dictionary<string, IReadOnlyList<string>> Days(string range, params string[] days) => days.ToDictionary(day => day, _ => (IReadOnlyList<string>)[range]);

    private static long At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    private static string Text(long instant) => DateTimeOffset.FromUnixTimeMilliseconds(instant).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);
}
