namespace Parley.Bench.Load;

/// <summary>Kinds of frames that a pair receives.</summary>
internal enum ReceivedKind : byte
{
    /// <summary>Neither an answer nor a notification.</summary>
    Unknown,

    /// <summary>An answer to a publish.</summary>
    Answer,

    /// <summary>A notification of a message.</summary>
    Delivery,

    /// <summary>Any other notification.</summary>
    Other,
}
