namespace Parley.Journal.Tests.Faults;

/// <summary>What happens instead of an operation.</summary>
internal enum Fault
{
    None,

    /// <summary>Nothing is done; the device reports an error.</summary>
    Error,

    /// <summary>Nothing is done; the disk is full.</summary>
    Full,

    /// <summary>Half of a write is done, then the device reports an error.</summary>
    Torn,

    /// <summary>It is done, and yet the device reports an error.</summary>
    ErrorAfterwards,
}
