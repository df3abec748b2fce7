namespace Parley.Conversations;

/// <summary>Who gives a command: identity was established before, by the gateway.</summary>
/// <param name="UserId">The public id.</param>
/// <param name="Kind">Consumer, agent, or the server itself.</param>
/// <param name="IsManager">Whether an agent may join and change conversations he takes no part in.</param>
public readonly record struct Actor(string UserId, ActorKind Kind, bool IsManager = false)
{
    /// <summary>The server itself: routing, clocks, operators.</summary>
    public static readonly Actor System = new("", ActorKind.System);
}
