using Microsoft.Data.Sqlite;
using Parley.Conversations;
using Parley.Journal.Sqlite;
using Parley.Journal.Tests.Support;

namespace Parley.Journal.Tests.Sqlite;

/// <summary>What a query costs depends on what it finds, not on what else is stored.</summary>
public sealed class QueryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> All => [.. typeof(Queries).GetFields().Select(query => query.Name)];

    private string MessagesPath => Path.Combine(_folder.Path, "messages.db");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(All))]
    public async Task No_query_looks_through_a_table_or_sorts(string name)
    {
        await new SqliteJournal(new SqliteJournalOptions(_folder.Path)).DisposeAsync();
        var plan = await PlanAsync((string)typeof(Queries).GetField(name)!.GetRawConstantValue()!);
        Assert.Contains(plan, step => step.StartsWith("SEARCH", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, step => step.StartsWith("SCAN", StringComparison.Ordinal) || step.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    /// <summary>The bug: an agent's list decoded every open conversation of the account to find his own.</summary>
    [Fact]
    public async Task No_conversation_is_decoded_that_the_query_cannot_find()
    {
        await using var journal = new SqliteJournal(new SqliteJournalOptions(_folder.Path));
        for (var i = 0; i < 8; i++)
        {
            var conversation = new TestConversation(journal, $"c{i}") { AgentId = $"agent-{i % 2}", ConsumerId = $"consumer-{i % 2}" };
            conversation.Open(now: 1000 * i);
            if (i is 2 or 3) conversation.Close(now: 1000 * i + 1);
            await conversation.Wait().Outcome;
        }

        await journal.SettleAsync();
        await SpoilAsync("id NOT IN ('c1', 'c5', 'c7')");

        Assert.Equal(["c7", "c5", "c1"], Ids(new("account-1") { AgentIds = ["agent-1"], Stage = Stage.Open }));
        Assert.Equal(["c7", "c5"], Ids(new("account-1") { AgentIds = ["agent-1"], Limit = 2 }));
        Assert.Equal(["c5", "c1"], Ids(new("account-1") { AgentIds = ["agent-1"], Stage = Stage.Open, UpdatedThrough = 6000 }));
        Assert.Equal(["c7", "c5"], Ids(new("account-1") { ConsumerId = "consumer-1", Limit = 2 }));
        Assert.Equal(["c7"], Ids(new("account-1") { Limit = 1 }));
        Assert.ThrowsAny<Exception>(() => Ids(new("account-1") { AgentIds = ["agent-0"] }));

        List<string> Ids(ConversationQuery query) => [.. journal.Query(query).Select(c => c.Id)];
    }

    private async Task<List<string>> PlanAsync(string sql)
    {
        await using var db = await OpenAsync();
        await using var explain = db.CreateCommand();
        explain.CommandText = $"EXPLAIN QUERY PLAN {sql}";
        var steps = new List<string>();
        await using var rows = await explain.ExecuteReaderAsync();
        while (await rows.ReadAsync()) steps.Add(rows.GetString(3));
        return steps;
    }

    // Whoever decodes one of these sees that it is no state.
    private async Task SpoilAsync(string which)
    {
        await using var db = await OpenAsync();
        await using var spoil = db.CreateCommand();
        spoil.CommandText = $"UPDATE conversation SET data = 'spoilt' WHERE {which}";
        await spoil.ExecuteNonQueryAsync();
    }

    private async Task<SqliteConnection> OpenAsync()
    {
        var db = new SqliteConnection($"Data Source={MessagesPath};Pooling=False");
        await db.OpenAsync();
        return db;
    }
}
