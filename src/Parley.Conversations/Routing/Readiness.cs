namespace Parley.Conversations.Routing;

/// <summary>What an agent takes at the moment (protocol 12.1).</summary>
public enum Readiness : byte
{
    /// <summary>Nothing: away, offline or not connected.</summary>
    None,

    /// <summary>Only what a colleague hands to him.</summary>
    Transfers,

    /// <summary>New work too.</summary>
    All,
}
