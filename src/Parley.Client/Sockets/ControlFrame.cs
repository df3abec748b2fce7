namespace Parley.Client;

/// <summary>The control frames that carry no message; the values are the opcodes of RFC 6455.</summary>
public enum ControlFrame
{
    /// <summary>Asks the peer for a pong.</summary>
    Ping = 0x9,

    /// <summary>Answers a ping, or says unasked that the sender lives.</summary>
    Pong = 0xA,
}
