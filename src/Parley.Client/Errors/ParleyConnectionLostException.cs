namespace Parley.Client;

/// <summary>The connection ended before the answer came, and the request is not one that may be repeated unseen.</summary>
public sealed class ParleyConnectionLostException : ParleyException
{
    /// <summary>An error that tells how the connection ended.</summary>
    public ParleyConnectionLostException(SocketClosure closure) : base($"The connection ended: {closure}.") => Closure = closure;

    /// <summary>How the connection ended.</summary>
    public SocketClosure Closure { get; }
}
