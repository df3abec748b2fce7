using System.Globalization;
using Microsoft.Data.Sqlite;
using Parley.Cluster.Moving;
using Parley.Server.Files;
using Parley.Server.Hosting;
using Parley.Server.Identity;
using Parley.Server.Storage;

namespace Parley.Cluster.Tests.Moving;

/// <summary>Three rows in every table of a folder, with values that are hard to move.</summary>
internal static class OddRows
{
    public const int Count = 3;

    // PostgreSQL refuses U+0000, and the escape that stands for it must not be taken for one.
    private const string Odd = "\0 \\ \u001A0000 é 🙂 ' \" \n";

    public static void Fill(DataFolder folder)
    {
        Fill(folder.Accounts, AccountSchema.Migrations, MovedTables.Accounts);
        using var accounts = SqliteFile.Open(folder.Accounts, AccountSchema.Migrations);
        SqliteFile.Statements(accounts).Execute("INSERT INTO installation(name, value) VALUES('file_key', 'ab')");
        Fill(folder.FileCatalog, FileCatalog.Migrations, MovedTables.Files);
    }

    /// <summary>The path of a row of <c>files</c>.</summary>
    public static FilePath Path(int row) => new("odd", row.ToString("x32", CultureInfo.InvariantCulture) + ".PNG");

    private static void Fill(string path, string[] migrations, string[] tables)
    {
        using var connection = SqliteFile.Open(path, migrations);
        var db = SqliteFile.Statements(connection);
        foreach (var table in tables)
        {
            var columns = db.Query("SELECT name, type, \"notnull\" FROM pragma_table_info($1) WHERE NOT (pk = 1 AND type = 'INTEGER')",
                row => (Name: row.GetString(0), Type: row.GetString(1), IsNeeded: row.GetBoolean(2)), table);
            for (var row = 0; row < Count; row++)
            {
                using var insert = connection.CreateCommand();
                insert.CommandText = $"INSERT INTO {table}({string.Join(", ", columns.Select(c => $"\"{c.Name}\""))}) VALUES({string.Join(", ", columns.Select((_, i) => $"${i}"))})";
                for (var i = 0; i < columns.Count; i++) insert.Parameters.Add(new SqliteParameter($"${i}", Value(table, columns[i].Name, columns[i].Type, row) ?? DBNull.Value));
                insert.ExecuteNonQuery();
            }
        }
    }

    private static object? Value(string table, string column, string type, int row) => (table, column) switch
    {
        (_, "path") => Path(row).ToString(),
        ("files", "state") => FileCatalog.Stored,
        (_, "enabled") => row % 2,
        (_, "verify_until_ts") when row == 0 => null,
        (_, "max_slots") => int.MaxValue - row,
        _ => type switch
        {
            "INTEGER" => column.EndsWith("_ts", StringComparison.Ordinal) ? long.MaxValue - row : row,
            "BLOB" => new byte[] { 0, (byte)row, 255 },
            _ => $"{row}{Odd}",
        },
    };
}
