using Npgsql;
using NpgsqlTypes;
using Parley.Accounts.Postgres;

namespace Parley.Cluster.Moving;

/// <summary>Tables of a database.</summary>
internal sealed class PostgresRows(NpgsqlDataSource database) : IRows
{
    public IReadOnlyList<string> Columns(string table)
    {
        using var connection = database.OpenConnection();
        return [.. Types(connection, table).Keys];
    }

    public IEnumerable<object?[]> Read(string table, IReadOnlyList<string> columns)
    {
        using var command = database.CreateCommand(TableRows.Select(table, columns));
        foreach (var row in TableRows.Read(command, Neutral)) yield return row;
    }

    public void Replace(IReadOnlyList<MovedRows> tables)
    {
        using var connection = database.OpenConnection();
        using var transaction = connection.BeginTransaction();
        foreach (var table in tables.Reverse())
        {
            using var delete = new NpgsqlCommand($"DELETE FROM \"{table.Table}\"", connection);
            delete.ExecuteNonQuery();
        }

        foreach (var table in tables)
        {
            var types = Types(connection, table.Table);
            using var copy = connection.BeginBinaryImport($"COPY \"{table.Table}\"({TableRows.Names(table.Columns)}) FROM STDIN (FORMAT BINARY)");
            foreach (var row in table.Rows)
            {
                copy.StartRow();
                for (var i = 0; i < row.Length; i++) Write(copy, row[i], types[table.Columns[i]]);
            }

            copy.Complete();
        }

        transaction.Commit();
    }

    private static SortedDictionary<string, NpgsqlDbType> Types(NpgsqlConnection connection, string table)
    {
        using var command = new NpgsqlCommand(
            "SELECT column_name::text, udt_name::text FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1 AND is_identity = 'NO'", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table });
        using var rows = command.ExecuteReader();
        var types = new SortedDictionary<string, NpgsqlDbType>(StringComparer.Ordinal);
        while (rows.Read())
        {
            types.Add(rows.GetString(0), rows.GetString(1) switch
            {
                "text" => NpgsqlDbType.Text,
                "bool" => NpgsqlDbType.Boolean,
                "int4" => NpgsqlDbType.Integer,
                "int8" => NpgsqlDbType.Bigint,
                "bytea" => NpgsqlDbType.Bytea,
                var type => throw new NotSupportedException($"Column {table}.{rows.GetString(0)} is of type {type}."),
            });
        }

        return types;
    }

    private static object Neutral(object value) => value switch
    {
        string text => StorableText.Original(text),
        bool flag => flag ? 1L : 0L,
        int number => (long)number,
        _ => value,
    };

    private static void Write(NpgsqlBinaryImporter copy, object? value, NpgsqlDbType type)
    {
        switch (value)
        {
            case null: copy.WriteNull(); break;
            case string text: copy.Write(StorableText.Of(text), type); break;
            case long number when type == NpgsqlDbType.Boolean: copy.Write(number != 0, type); break;
            case long number when type == NpgsqlDbType.Integer: copy.Write(checked((int)number), type); break;
            case long number: copy.Write(number, type); break;
            default: copy.Write((byte[])value, type); break;
        }
    }
}
