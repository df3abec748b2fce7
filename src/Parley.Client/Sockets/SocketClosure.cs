namespace Parley.Client;

/// <summary>How a connection ended (protocol 6.7).</summary>
/// <param name="Code">The WebSocket close code; 1005 when the peer gave none, 1006 when the connection broke without a close frame.</param>
/// <param name="Reason">The peer's words, or those of the network error; may be empty.</param>
public sealed record SocketClosure(int Code, string Reason)
{
    /// <summary>The code of a connection that broke without a close frame.</summary>
    public const int Broken = 1006;

    /// <summary>Whether the code asks for a new token or login before the next connection.</summary>
    /// <remarks>4401 and 4407 by the protocol; 1008 and 1011 because some deployments close so when a token ends.</remarks>
    public bool AsksForNewToken => Code is 4401 or 4407 or 1008 or 1011;

    /// <inheritdoc/>
    public override string ToString() => Reason.Length == 0 ? $"{Code}" : $"{Code} ({Reason})";
}
