namespace Parley.Protocol;

/// <summary>The generation of a connection: it decides the shape of everything sent on it (protocol 0.3).</summary>
public enum Dialect : byte
{
    /// <summary>Consumers: <c>v=3</c>.</summary>
    V3,

    /// <summary>Agents, bots and very old consumers: <c>v=2</c>.</summary>
    V2,

    /// <summary>As <see cref="V2"/>, and suggested agents are shown: <c>v=2.1</c>.</summary>
    V21,
}
