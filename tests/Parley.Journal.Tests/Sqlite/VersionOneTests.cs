using Parley.Conversations;
using Parley.Journal.Sqlite;
using Parley.Journal.Tests.Support;

namespace Parley.Journal.Tests.Sqlite;

/// <summary>
/// A folder as version 1 wrote it: conversation c1 with events e0 to e2 settled, e3 and e4 and its end only in the journal.
/// The fixtures are never written anew: who has such a folder must be able to open it for ever.
/// </summary>
public sealed class VersionOneTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_is_read_completely_and_goes_on()
    {
        Make("journal", "messages");
        await using var journal = new SqliteJournal(new SqliteJournalOptions(_folder.Path));
        var events = journal.Read("c1", 0, 100, 1 << 20);
        Assert.Equal(["e0", "e1", "e2", "e3", null], events.Select(e => e.EventId));
        Assert.Equal(["""{"type":"ContentEvent","contentType":"text/plain","message":"0"}"""], events.Take(1).Select(e => System.Text.Encoding.UTF8.GetString(e.Body)));
        Assert.Equal((Audience.AgentsAndManagers, Role.AssignedAgent, "agent-1"), (events[4].Audience, events[4].OriginatorRole, events[4].OriginatorId));
        Assert.All(Enumerable.Range(0, 4), i => Assert.Equal(i, journal.FindByEventId("c1", "consumer-1", $"e{i}")?.Sequence));

        var state = Assert.Single(journal.Query(new ConversationQuery("account-1") { Stage = Stage.Close }));
        Assert.Equal(("consumer-1", 9L, 5L, """{"lang":"en"}"""), (state.ConsumerId, state.Version, state.Main.NextSequence, state.Origin.Context));
        Assert.Equal((CloseReason.System, 4), (state.CloseReason, state.Main.Unread(state.Main.Find("agent-1")!)));
        Assert.Equal(Outcome.Committed, await new TestConversation(journal, "c2").Open().Outcome);
        await journal.SettleAsync();
        Facts.Same(state, journal.Load("c1"));
    }

    /// <summary>Its dialog goes on in rows of another form.</summary>
    [Fact]
    public async Task A_dialog_that_began_there_is_read_across_both_forms_of_rows()
    {
        Make("messages");
        await using var journal = new SqliteJournal(new SqliteJournalOptions(_folder.Path));
        var conversation = TestConversation.Load(journal, "c1");
        for (var i = 3; i < 20; i++) conversation.Say($"{i}", $"e{i}");
        await conversation.Wait().Outcome;
        await journal.SettleAsync();
        for (var from = 0; from < 20; from++)
        {
            Assert.Equal(Enumerable.Range(from, 20 - from).Select(i => $"e{i}"), journal.Read("c1", from, 100, 1 << 20).Select(e => e.EventId));
            Assert.Equal(from, journal.FindByEventId("c1", "consumer-1", $"e{from}")?.Sequence);
        }
    }

    [Fact]
    public async Task Agents_find_the_conversations_that_were_settled_before_there_was_an_index_of_them()
    {
        Make("messages");
        await using var journal = new SqliteJournal(new SqliteJournalOptions(_folder.Path));
        var found = Assert.Single(journal.Query(new ConversationQuery("account-1") { AgentIds = ["agent-1"] }));
        Assert.Equal(("c1", 2002L), (found.Id, found.LastTimestamp));
        Assert.Empty(journal.Query(new ConversationQuery("account-1") { AgentIds = ["consumer-1", "agent-2"] }));
        Assert.Empty(journal.Query(new ConversationQuery("account-1") { AgentIds = ["agent-1"], Stage = Stage.Close }));
        Assert.Empty(journal.Query(new ConversationQuery("account-1") { AgentIds = ["agent-1"], UpdatedFrom = 2003 }));
    }

    private void Make(params string[] files)
    {
        foreach (var name in files)
        {
            using var database = new Database(Path.Combine(_folder.Path, $"{name}.db"), null, 1024, 0);
            using var resource = new StreamReader(typeof(VersionOneTests).Assembly.GetManifestResourceStream($"v1/{name}.sql")!);
            foreach (var statement in resource.ReadToEnd().Split(";\n", StringSplitOptions.RemoveEmptyEntries)) database.Execute(statement);
        }
    }
}
