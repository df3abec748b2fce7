using Parley.Accounts.Postgres.Files;
using Parley.Accounts.Postgres.Following;
using Parley.Cluster.Membership;
using Parley.Cluster.Moving;
using Parley.Cluster.Ownership;
using Parley.Journal.Postgres.Migrating;
using Parley.Journal.Sqlite;
using Parley.Journal.Tests.Postgres.Support;
using Parley.Server.Files;
using Parley.Server.Identity;
using Parley.Server.Storage;

namespace Parley.Cluster.Tests.Moving;

/// <summary>A table that is added must be moved, or be named here with the reason why it is not.</summary>
public sealed class MovedTablesTests
{
    private static readonly string[] MovedByJournals = ["conversation", "message", "participation"];

    private static readonly Dictionary<string, string> StaysInDatabase = new()
    {
        ["journal"] = "moved to the final tables",
        ["shard"] = "who owns what",
        ["account_change"] = "what running nodes read again",
        ["file_upload"] = "moved by the stores of files",
        ["file_piece"] = "moved by the stores of files",
        ["node"] = "who lives",
        ["node_report"] = "what nodes say of themselves",
        ["membership"] = "who lives",
        ["silo"] = "who lives",
        ["parley_schema"] = "made by whoever opens the database",
    };

    private static readonly Dictionary<string, string> StaysInFolder = new()
    {
        ["journal"] = "moved to the final tables",
        ["meta"] = "how far the journal is settled",
        ["event_id"] = "made of the events",
    };

    [Fact]
    public async Task Every_table_of_a_database_is_moved_or_is_said_to_stay()
    {
        await using var database = new TestDatabase();
        foreach (var (part, steps) in ((string, string[])[])[
            (JournalSchema.Part, JournalSchema.Steps), (AccountTables.Part, AccountTables.Steps), (FileTables.Part, FileTables.Steps),
            (MembershipSchema.Part, MembershipSchema.Steps), (OwnershipSchema.Part, OwnershipSchema.Steps)]) Migrations.Apply(database.Source, part, steps);

        var there = (string[])database.Run("SELECT array_agg(relname::text) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')")!;
        Assert.Equal(Sorted([.. MovedByJournals, .. MovedTables.Accounts, .. MovedTables.Files, .. StaysInDatabase.Keys]), Sorted(there));
    }

    [Fact]
    public async Task Every_table_of_a_folder_is_moved_or_is_said_to_stay()
    {
        using var folder = TestFolder.Empty();
        await using (new SqliteJournal(new SqliteJournalOptions(folder.Folder.Path)))
        {
        }

        string[] there =
        [
            .. Tables(folder.Folder.Accounts, AccountSchema.Migrations), .. Tables(folder.Folder.FileCatalog, FileCatalog.Migrations),
            .. Tables(Path.Combine(folder.Folder.Path, "messages.db"), Schema.Messages), .. Tables(Path.Combine(folder.Folder.Path, "journal.db"), Schema.Journal),
        ];
        Assert.Equal(Sorted([.. MovedByJournals, .. MovedTables.Accounts, .. MovedTables.Files, .. StaysInFolder.Keys]), Sorted(there));
    }

    private static string[] Sorted(IEnumerable<string> tables) => [.. tables.Order(StringComparer.Ordinal)];

    private static List<string> Tables(string path, string[] migrations)
    {
        using var connection = SqliteFile.Open(path, migrations);
        return SqliteFile.Statements(connection).Query("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'", row => row.GetString(0));
    }
}
