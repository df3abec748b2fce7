namespace Parley.Cluster.Moving;

/// <summary>Rows on their way into a table.</summary>
internal sealed record MovedRows(string Table, IReadOnlyList<string> Columns, IEnumerable<object?[]> Rows);
