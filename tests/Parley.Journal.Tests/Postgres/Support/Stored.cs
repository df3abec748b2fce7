using Parley.Conversations;

namespace Parley.Journal.Tests.Postgres.Support;

/// <summary>The checker: reads what is stored and finds what is missing, doubled or out of order.</summary>
internal static class Stored
{
    /// <summary>Everything acknowledged is there once, numbers have neither hole nor twin, and each client's messages are in his order.</summary>
    public static void Check(IJournal journal, int conversations, IEnumerable<string> acknowledged)
    {
        var stored = new HashSet<string>();
        for (var i = 0; i < conversations; i++)
        {
            var id = $"c{i}";
            var events = journal.Read(id, 0, int.MaxValue, int.MaxValue);
            Assert.Equal(Enumerable.Range(0, events.Count).Select(n => (long)n), events.Select(e => e.Sequence));
            Assert.Equal(events.Count, journal.Load(id)?.Main.NextSequence ?? 0);
            Assert.All(events, e => Assert.True(stored.Add($"{id}/{e.EventId}"), $"{id}/{e.EventId} is stored twice."));
            Assert.All(events.GroupBy(e => e.EventId!.Split('-')[0]), run =>
                Assert.Equal(Enumerable.Range(0, run.Count()), run.Select(e => int.Parse(e.EventId!.Split('-')[1]))));
        }

        var lost = acknowledged.Except(stored).ToList();
        Assert.True(lost.Count == 0, $"Acknowledged and lost: {string.Join(", ", lost.Take(10))} and {lost.Count} in all.");
        Assert.InRange(journal.Query(new ConversationQuery("account-1")).Count, 0, conversations);
    }
}
