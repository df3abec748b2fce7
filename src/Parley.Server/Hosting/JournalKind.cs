namespace Parley.Server.Hosting;

/// <summary>Where conversations are kept.</summary>
public enum JournalKind : byte
{
    Sqlite,

    /// <summary>Nowhere: for measuring only.</summary>
    None,
}
