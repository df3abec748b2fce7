namespace Parley.Conversations.Tests;

public sealed class ContentLogTests
{
    [Fact]
    public void Unread_counts_what_others_wrote_above_the_watermark()
    {
        var log = Log(0, 6, i => i % 2 == 0 ? "consumer" : "agent");

        Assert.Equal(3, ContentLog.Unread(log, "agent", isConsumer: false, readThrough: -1));
        Assert.Equal(2, ContentLog.Unread(log, "agent", isConsumer: false, readThrough: 0));
        Assert.Equal(0, ContentLog.Unread(log, "agent", isConsumer: false, readThrough: 4));
        Assert.Equal(0, ContentLog.Unread(null, "agent", isConsumer: false, readThrough: -1));
    }

    [Fact]
    public void Private_entries_do_not_count_for_a_consumer()
    {
        var log = ContentLog.Append(Log(0, 1, _ => "agent"), 1, "agent", Audience.AgentsAndManagers);

        Assert.Equal(1, ContentLog.Unread(log, "consumer", isConsumer: true, readThrough: -1));
        Assert.Equal(2, ContentLog.Unread(log, "manager", isConsumer: false, readThrough: -1));
    }

    [Fact]
    public void The_newest_entries_are_kept_and_the_log_stays_bounded()
    {
        ContentLog? log = null;
        for (var i = 0; i < 5 * ContentLog.Kept; i++)
        {
            log = ContentLog.Append(log, i, "agent", Audience.All);
            Assert.InRange(log.Count, Math.Min(i + 1, ContentLog.Kept), 2 * ContentLog.Kept);
            Assert.Equal(log.Count, log.Newest(int.MaxValue).Count());
        }

        Assert.Equal(Enumerable.Range(0, ContentLog.Kept).Select(i => (5L * ContentLog.Kept) - 1 - i), log!.Newest(ContentLog.Kept).Select(e => e.Sequence));
    }

    [Fact]
    public void Unread_is_exact_up_to_the_bound_and_stops_there()
    {
        Assert.Equal(ContentLog.Kept - 1, Unread(ContentLog.Kept - 1));
        Assert.Equal(ContentLog.Kept, Unread(ContentLog.Kept));
        Assert.Equal(ContentLog.Kept, Unread(ContentLog.Kept + 1));
        Assert.Equal(ContentLog.Kept, Unread(3 * ContentLog.Kept));

        static int Unread(int count) => ContentLog.Unread(Log(0, count, _ => "agent"), "consumer", true, -1);
    }

    [Fact]
    public void A_rebuilt_log_is_the_same_log()
    {
        var log = ContentLog.Append(Log(0, 3, i => $"user {i}"), 7, "agent", Audience.AgentsAndManagers);

        var rebuilt = ContentLog.Rebuild(log.Newest(10));

        Assert.Equal(log.Newest(10).Select(e => (e.Sequence, e.OriginatorId, e.Audience, e.Count)), rebuilt!.Newest(10).Select(e => (e.Sequence, e.OriginatorId, e.Audience, e.Count)));
        Assert.Null(ContentLog.Rebuild([]));
    }

    [Fact]
    public void What_is_appended_twice_to_the_same_log_makes_two_logs()
    {
        var logs = new List<(ContentLog? Log, long[] Sequences)> { (null, []) };
        var random = new Random(7);
        for (var i = 0; i < 3_000; i++)
        {
            // Mostly one after the other, as messages do; now and then from one of before.
            var (from, sequences) = random.Next(4) == 0 ? logs[random.Next(logs.Count)] : logs[^1];
            var kept = sequences.Length < 2 * ContentLog.Kept ? sequences : sequences[^ContentLog.Kept..];
            logs.Add((ContentLog.Append(from, i, "agent", Audience.All), [.. kept, i]));
        }

        Assert.All(logs.Skip(1), l => Assert.Equal(l.Sequences.Reverse(), l.Log!.Newest(int.MaxValue).Select(e => e.Sequence)));
    }

    private static ContentLog? Log(long from, int count, Func<int, string> originator)
    {
        ContentLog? log = null;
        for (var i = 0; i < count; i++) log = ContentLog.Append(log, from + i, originator(i), Audience.All);
        return log;
    }
}
