using System.Data.Common;

namespace Parley.Cluster.Moving;

/// <summary>Tables, read and filled row by row. A value is a <see cref="long"/>, a <see cref="string"/>, bytes or null, whatever the store makes of it.</summary>
internal interface IRows
{
    /// <summary>The columns of a table in the order of their names, without one that the store numbers by itself.</summary>
    IReadOnlyList<string> Columns(string table);

    /// <summary>The rows of a table in any order.</summary>
    /// <exception cref="DbException">They cannot be read.</exception>
    IEnumerable<object?[]> Read(string table, IReadOnlyList<string> columns);

    /// <summary>Puts rows in the place of all there are, in one transaction.</summary>
    /// <param name="tables">What others refer to comes first.</param>
    /// <exception cref="DbException">Nothing was written.</exception>
    void Replace(IReadOnlyList<MovedRows> tables);
}
