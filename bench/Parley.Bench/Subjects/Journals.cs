namespace Parley.Bench.Subjects;

/// <summary>What <c>parley serve --journal</c> takes.</summary>
internal static class Journals
{
    /// <summary>Stored and synced before it is acknowledged: the product.</summary>
    public const string Sqlite = "sqlite";

    /// <summary>Nothing is kept: the limit.</summary>
    public const string None = "none";
}
