namespace Parley.Conversations;

/// <summary>Who gives a command: identity was established before, by the gateway.</summary>
/// <param name="UserId">The public id.</param>
/// <param name="Kind">Consumer, agent, or the server itself.</param>
/// <param name="IsManager">Whether an agent may join and change conversations he takes no part in.</param>
public readonly record struct Actor(string UserId, ActorKind Kind, bool IsManager = false)
{
    /// <summary>The server itself: routing, clocks, operators.</summary>
    public static readonly Actor System = new("", ActorKind.System);

    /// <summary>
    /// The server as it takes part in dialogs (protocol 15.6, CONTROLLER), in every account under the same id: from its first
    /// automatic message on.
    /// </summary>
    public static readonly Actor Controller = new("9a1d8c52-6e0b-4b57-8d3f-5c7e2f40a9b6", ActorKind.System);
}
