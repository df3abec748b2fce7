using System.Data.Common;

namespace Parley.Cluster.Moving;

/// <summary>What tables of every store have in common.</summary>
internal static class TableRows
{
    /// <summary>Columns, as SQL names them in a list.</summary>
    public static string Names(IEnumerable<string> columns) => string.Join(", ", columns.Select(column => $"\"{column}\""));

    public static string Select(string table, IEnumerable<string> columns) => $"SELECT {Names(columns)} FROM \"{table}\"";

    /// <summary>The rows of a command's result.</summary>
    /// <param name="command">Selects them.</param>
    /// <param name="neutral">Makes what <see cref="IRows"/> knows of a value that is not null.</param>
    public static IEnumerable<object?[]> Read(DbCommand command, Func<object, object> neutral)
    {
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            var values = new object?[rows.FieldCount];
            for (var i = 0; i < values.Length; i++) values[i] = rows.IsDBNull(i) ? null : neutral(rows.GetValue(i));
            yield return values;
        }
    }
}
