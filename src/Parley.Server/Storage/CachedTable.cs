using System.Collections.Concurrent;
using System.Data.Common;

namespace Parley.Server.Storage;

/// <summary>The rows of a table in memory. What changes them, here or elsewhere, is told in one place.</summary>
/// <param name="name">The table's.</param>
/// <param name="select">Reads all rows.</param>
/// <param name="keyColumns">What names a row; <paramref name="select"/> has them.</param>
/// <param name="keyOf">Makes a key of the values of those columns.</param>
/// <param name="read">Makes an entry of a row.</param>
internal sealed class CachedTable<TKey, TRow>(
    string name, string select, string[] keyColumns, Func<string[], TKey> keyOf, Func<DbDataReader, KeyValuePair<TKey, TRow>> read) : IFollowedTable
    where TKey : notnull
{
    private readonly string _selectOne = $"SELECT * FROM ({select}) AS rows WHERE {string.Join(" AND ", keyColumns.Select((column, i) => $"{column} = ${i + 1}"))}";

    public string Name => name;

    /// <summary>For readers; only <see cref="Set"/> and <see cref="Remove"/> change it.</summary>
    public ConcurrentDictionary<TKey, TRow> Rows { get; } = new();

    /// <summary>Told of each change once it is in memory: the key, what was there and what is, the default for nothing.</summary>
    public Action<TKey, TRow?, TRow?>? Changed { get; init; }

    /// <summary>Makes what stays of a row that is there and one that takes its place; else the latter stays.</summary>
    public Func<TRow, TRow, TRow>? Merge { get; init; }

    public void Set(TKey key, TRow row)
    {
        if (Rows.TryGetValue(key, out var before) && Merge is not null) row = Merge(before, row);
        Rows[key] = row;
        Changed?.Invoke(key, before, row);
    }

    public void Remove(TKey key)
    {
        if (Rows.TryRemove(key, out var before)) Changed?.Invoke(key, before, default);
    }

    public Action Read(Statements db, IReadOnlyCollection<string[]>? keys)
    {
        var found = keys is null ? db.Query(select, read) : [.. keys.SelectMany(key => db.Query(_selectOne, read, key))];
        return () =>
        {
            var there = found.Select(row => row.Key).ToHashSet();
            foreach (var gone in (keys?.Select(keyOf) ?? Rows.Keys).Where(key => !there.Contains(key))) Remove(gone);
            foreach (var (key, row) in found) Set(key, row);
        };
    }
}
