namespace Parley.Protocol;

/// <summary>Which of the three kinds of frame a schema describes (protocol 7.1).</summary>
public enum SchemaDirection : byte
{
    /// <summary>From a client. Lenient: what the server accepts.</summary>
    Request,

    /// <summary>The answer to a request. Strict: what the server promises to send.</summary>
    Response,

    /// <summary>A frame nobody asked for just now. Strict, as <see cref="Response"/>.</summary>
    Notification,
}
