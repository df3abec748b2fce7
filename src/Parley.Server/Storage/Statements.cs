using System.Data.Common;

namespace Parley.Server.Storage;

/// <summary>Statements on one connection, in the SQL that SQLite and PostgreSQL share; their parameters are <c>$1</c>, <c>$2</c>, ... in the order of the values.</summary>
/// <param name="connection">Where; in a transaction, if there is to be one.</param>
/// <param name="parameter">Makes the parameter of a number, from 1 on, and a value, <see cref="DBNull"/> for none.</param>
public sealed class Statements(DbConnection connection, Func<int, object, DbParameter> parameter)
{
    /// <returns>How many rows were written.</returns>
    /// <exception cref="DbException">The database refuses it or is away.</exception>
    public int Execute(string sql, params ReadOnlySpan<object?> values)
    {
        using var command = Prepare(sql, values);
        return command.ExecuteNonQuery();
    }

    /// <returns>The first column of the first row; null for none.</returns>
    /// <inheritdoc cref="Execute" path="/exception"/>
    public object? Scalar(string sql, params ReadOnlySpan<object?> values)
    {
        using var command = Prepare(sql, values);
        return command.ExecuteScalar() is var value and not DBNull ? value : null;
    }

    /// <returns>All rows, as <paramref name="read"/> makes them.</returns>
    /// <inheritdoc cref="Execute" path="/exception"/>
    public List<T> Query<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        using var command = Prepare(sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private DbCommand Prepare(string sql, ReadOnlySpan<object?> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.Add(parameter(i + 1, values[i] ?? DBNull.Value));
        }

        return command;
    }
}
