using System.Globalization;
using Parley.Server.Hours;

namespace Parley.Server.Tests.Hours;

/// <summary>When a day begins and ends where the account is.</summary>
public sealed class LocalDayTests
{
    // Havana and Cairo put their clocks forward at midnight; Havana puts them back at 01:00, to midnight.
    [Theory]
    [InlineData("UTC", "2026-11-23T00:00Z", "2026-11-23T00:00Z", "2026-11-24T00:00Z")]
    [InlineData("Europe/Berlin", "2026-11-22T23:00Z", "2026-11-22T23:00Z", "2026-11-23T23:00Z")]
    [InlineData("Europe/Berlin", "2026-11-22T22:59Z", "2026-11-21T23:00Z", "2026-11-22T23:00Z")]
    [InlineData("Europe/Berlin", "2026-03-29T12:00Z", "2026-03-28T23:00Z", "2026-03-29T22:00Z")]
    [InlineData("Europe/Berlin", "2026-10-25T12:00Z", "2026-10-24T22:00Z", "2026-10-25T23:00Z")]
    [InlineData("Asia/Kolkata", "2026-11-23T12:00Z", "2026-11-22T18:30Z", "2026-11-23T18:30Z")]
    [InlineData("America/Havana", "2026-03-08T12:00Z", "2026-03-08T05:00Z", "2026-03-09T04:00Z")]
    [InlineData("America/Havana", "2026-11-01T04:30Z", "2026-11-01T04:00Z", "2026-11-02T05:00Z")]
    [InlineData("America/Havana", "2026-11-01T05:30Z", "2026-11-01T04:00Z", "2026-11-02T05:00Z")]
    [InlineData("Africa/Cairo", "2026-04-24T12:00Z", "2026-04-23T22:00Z", "2026-04-24T21:00Z")]
    public void A_day_goes_from_midnight_to_midnight_by_the_clock_on_the_wall(string zone, string now, string start, string end)
    {
        var day = LocalDay.Of(TimeZoneInfo.FindSystemTimeZoneById(zone), At(now));

        Assert.Equal(new LocalDay(At(start), At(end)), day);
    }

    [Theory]
    [InlineData("America/Havana")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Europe/Berlin")]
    [InlineData("Pacific/Apia")]
    public void One_day_follows_the_other_all_year(string id)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(id);
        var day = LocalDay.Of(zone, At("2026-01-01T12:00Z"));
        for (var i = 0; i < 366; i++)
        {
            Assert.Equal(day, LocalDay.Of(zone, day.Start));
            Assert.Equal(day, LocalDay.Of(zone, day.End - 1));
            var next = LocalDay.Of(zone, day.End);
            Assert.Equal(day.End, next.Start);
            day = next;
        }
    }

    private static long At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
