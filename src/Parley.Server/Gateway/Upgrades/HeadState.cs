namespace Parley.Server.Gateway.Upgrades;

/// <summary>What the first bytes of a connection are.</summary>
internal enum HeadState : byte
{
    /// <summary>Nothing yet that rules a socket out.</summary>
    Incomplete,

    /// <summary>The HTTP server's, whatever it is.</summary>
    Foreign,

    /// <summary>A whole request for a socket, with nothing wrong or unusual in it.</summary>
    Upgrade,
}
