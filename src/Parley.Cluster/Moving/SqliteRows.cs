using Microsoft.Data.Sqlite;
using Parley.Journal;
using Parley.Journal.Sqlite;
using Parley.Server.Storage;

namespace Parley.Cluster.Moving;

/// <summary>The tables of one file.</summary>
/// <param name="path">The file.</param>
/// <param name="migrations">The versions of its tables.</param>
internal sealed class SqliteRows(string path, string[] migrations) : IRows
{
    /// <summary>Makes sure that this program knows the tables.</summary>
    /// <exception cref="NewerSchemaException">A newer program wrote the file.</exception>
    /// <exception cref="InvalidDataException">An older one did, and no server of this version was started on it.</exception>
    public void CheckVersion()
    {
        using var connection = Open();
        var version = (long)SqliteFile.Statements(connection).Scalar("PRAGMA user_version")!;
        FileVersion.Check(path, version, migrations.Length);
    }

    public IReadOnlyList<string> Columns(string table)
    {
        using var connection = Open();
        return SqliteFile.Statements(connection).Query(
            "SELECT name FROM pragma_table_info($1) WHERE NOT (pk = 1 AND type = 'INTEGER') ORDER BY name", row => row.GetString(0), table);
    }

    public IEnumerable<object?[]> Read(string table, IReadOnlyList<string> columns)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = TableRows.Select(table, columns);
        foreach (var row in TableRows.Read(command, value => value)) yield return row;
    }

    public void Replace(IReadOnlyList<MovedRows> tables)
    {
        using var connection = SqliteFile.Open(path, migrations);
        using var transaction = connection.BeginTransaction();
        foreach (var table in tables.Reverse()) SqliteFile.Statements(connection).Execute($"DELETE FROM \"{table.Table}\"");
        foreach (var table in tables)
        {
            using var insert = connection.CreateCommand();
            insert.CommandText = $"INSERT INTO \"{table.Table}\"({TableRows.Names(table.Columns)}) VALUES({string.Join(", ", table.Columns.Select((_, i) => $"${i}"))})";
            for (var i = 0; i < table.Columns.Count; i++) insert.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
            foreach (var row in table.Rows)
            {
                for (var i = 0; i < row.Length; i++) insert.Parameters[i].Value = row[i] ?? DBNull.Value;
                insert.ExecuteNonQuery();
            }
        }

        transaction.Commit();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, Mode = SqliteOpenMode.ReadOnly }.ToString());
        connection.Open();
        return connection;
    }
}
