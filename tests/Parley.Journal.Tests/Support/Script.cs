using Microsoft.Extensions.Time.Testing;
using Parley.Conversations.Events;
using Parley.Journal.Sqlite;

namespace Parley.Journal.Tests.Support;

/// <summary>
/// A short life of two conversations with settlings in between, played by a client that repeats what was refused or not answered,
/// with the same event id: what any correct client does. What it was told is stored is in <see cref="Acknowledged"/>.
/// </summary>
internal sealed class Script(SqliteJournal journal, FakeTimeProvider time)
{
    public static readonly string[] Conversations = ["c1", "c2"];
    private const int Messages = 3, Rounds = 4, Patience = 200;

    private readonly List<string> _acknowledged = [];

    /// <summary>The event ids acknowledged so far, as "conversation/event id".</summary>
    public string[] Acknowledged
    {
        get { lock (_acknowledged) return [.. _acknowledged]; }
    }

    public static IEnumerable<string> EventIds => Enumerable.Range(0, Rounds * Messages).Select(i => $"e{i}");

    public async Task Play()
    {
        foreach (var id in Conversations) await Insist(() => journal.Load(id) is null ? new TestConversation(journal, id).Open() : null);
        var settling = Task.CompletedTask; // goes on beside the next round, so that groups are dropped while others are settled
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var eventId in EventIds.Skip(round * Messages).Take(Messages))
            {
                foreach (var id in Conversations)
                {
                    await Insist(() => Find(id, eventId) is null ? TestConversation.Load(journal, id).Say(new string('x', 1500), eventId) : null);
                    lock (_acknowledged) _acknowledged.Add($"{id}/{eventId}");
                }
            }

            await settling;
            if (round < Rounds - 1) settling = Settle();
        }
    }

    /// <summary>Settles, however often that takes.</summary>
    public async Task Settle()
    {
        for (var attempt = 0; attempt < Patience; attempt++)
        {
            try
            {
                await journal.SettleAsync().WaitAsync(TimeSpan.FromSeconds(30));
                return;
            }
            catch (IOException)
            {
            }
        }

        Assert.Fail("Settling does not resume.");
    }

    /// <summary>Lets the time of the next retry come, and the committing thread deal with it.</summary>
    public async Task GoRoundAfterRetry()
    {
        time.Advance(TimeSpan.FromSeconds(1));
        for (var round = 0; round < 2; round++) // the retry is done after the first, at the latest
        {
            var entry = new TestEntry(null, null);
            journal.Append(entry);
            await entry.Outcome;
        }
    }

    /// <summary>Everything acknowledged is present once, and the numbers have neither hole nor twin.</summary>
    public static void Check(IJournal journal, IEnumerable<string> acknowledged)
    {
        var stored = new List<string>();
        foreach (var id in Conversations)
        {
            var events = journal.Read(id, 0, int.MaxValue, int.MaxValue);
            Assert.Equal(Enumerable.Range(0, events.Count).Select(i => (long)i), events.Select(e => e.Sequence));
            Assert.Equal(EventIds.Take(events.Count), events.Select(e => e.EventId));
            Assert.Equal(events.Count, journal.Load(id)?.Main.NextSequence ?? 0);
            Facts.Same(events, events.Select(e => journal.FindByEventId(id, e.OriginatorId, e.EventId!)!));
            stored.AddRange(events.Select(e => $"{id}/{e.EventId}"));
        }

        Assert.Empty(acknowledged.Except(stored));
        Assert.Equal(Conversations.Count(id => journal.Load(id) is not null), journal.Query(new ConversationQuery("account-1")).Count);
    }

    private MessagePublished? Find(string id, string eventId) => journal.FindByEventId(id, "consumer-1", eventId);

    // null means that an earlier attempt turns out to have been stored.
    private async Task Insist(Func<TestEntry?> publish)
    {
        for (var attempt = 0; attempt < Patience; attempt++)
        {
            try
            {
                if (publish() is not { } entry || await entry.Outcome == Outcome.Committed) return;
            }
            catch (JournalUnavailableException)
            {
                await GoRoundAfterRetry();
            }
        }

        Assert.Fail("Service does not resume.");
    }
}
