namespace Parley.Server.Storage;

/// <summary>A table that its owner answers from memory.</summary>
public interface IFollowedTable
{
    /// <summary>The table's name.</summary>
    string Name { get; }

    /// <summary>Reads rows anew.</summary>
    /// <param name="db">Sees one state of all tables.</param>
    /// <param name="keys">The keys of the rows, which may be gone; null for all rows.</param>
    /// <returns>Takes what was read into memory and tells of it, as after a write of this process's own.</returns>
    Action Read(Statements db, IReadOnlyCollection<string[]>? keys);
}
