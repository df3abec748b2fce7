namespace Parley.Conversations;

/// <summary>Who gives a command: identity was established before, by the gateway.</summary>
/// <param name="UserId">The public id.</param>
/// <param name="Kind">Consumer, agent, or the server itself.</param>
public readonly record struct Actor(string UserId, ActorKind Kind)
{
    /// <summary>The server itself: routing, clocks, operators.</summary>
    public static readonly Actor System = new("", ActorKind.System);
}
