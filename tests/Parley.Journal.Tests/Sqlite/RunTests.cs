using Parley.Journal.Sqlite;
using Parley.Journal.Tests.Support;

namespace Parley.Journal.Tests.Sqlite;

/// <summary>Settled events lie in rows of many; whoever reads sees none of that.</summary>
public sealed class RunTests
{
    [Fact]
    public async Task A_dialog_of_many_rows_is_read_from_every_number_to_every_bound()
    {
        using var folder = new TemporaryFolder();
        await using var journal = new SqliteJournal(new SqliteJournalOptions(folder.Path));
        var conversation = new TestConversation(journal, "c1");
        conversation.Open();
        // Rows of one, of a few and of many, the longest longer than any row is meant to be; three settlings and a tail.
        string[] texts = [.. Enumerable.Range(0, 240).Select(i => new string('x', i % 37 == 0 ? 40_000 : i % 5 == 0 ? 5_000 : 10))];
        for (var i = 0; i < texts.Length; i++)
        {
            conversation.Say(texts[i], $"e{i}");
            if (i % 60 != 59 || i == 239) continue;
            await conversation.Wait().Outcome;
            await journal.SettleAsync();
        }

        await conversation.Wait().Outcome;
        for (var from = 0; from <= texts.Length; from++)
        {
            var one = journal.Read("c1", from, 1, int.MaxValue);
            Assert.Equal(texts.Skip(from).Take(1).Select(TestConversation.Body), one.Select(m => m.Body));
            Assert.Equal(Enumerable.Range(from, Math.Min(50, texts.Length - from)), journal.Read("c1", from, 50, int.MaxValue).Select(m => (int)m.Sequence));
            var few = journal.Read("c1", from, int.MaxValue, 6_000);
            Assert.Equal(Enumerable.Range(from, few.Count), few.Select(m => (int)m.Sequence));
            Assert.True(few.Sum(m => m.Body.Length) - (few.Count > 0 ? few[^1].Body.Length : 0) < 6_000);
            if (from < texts.Length) Assert.Equal(from, journal.FindByEventId("c1", "consumer-1", $"e{from}")?.Sequence);
        }

        Assert.Null(journal.FindByEventId("c1", "consumer-1", "e240"));
        Assert.Null(journal.FindByEventId("c1", "agent-1", "e0"));
        Assert.Empty(journal.Read("c0", 0, 10, int.MaxValue));
    }
}
