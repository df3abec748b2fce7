namespace Parley.Server.Identity;

/// <summary>
/// What an account decides for itself; a member absent from the stored JSON takes its default (which is why members are
/// settable: generated readers give an init-only member the default of its type).
/// </summary>
public sealed record AccountSettings
{
    public static readonly AccountSettings Default = new();

    /// <summary>Response promise of a NORMAL conversation, seconds (protocol 15.5).</summary>
    public int TtrNormalSeconds { get; set; } = 3600;

    /// <summary>Response promise of a PRIORITIZED conversation, seconds.</summary>
    public int TtrPrioritizedSeconds { get; set; } = 600;

    /// <summary>Response promise of an URGENT conversation, seconds.</summary>
    public int TtrUrgentSeconds { get; set; } = 600;

    /// <summary>How long a ring waits for its agent, seconds (protocol 12.4).</summary>
    public int RingSeconds { get; set; } = 72;

    /// <summary>Whether a replay without events sends one notification with an empty <c>changes</c>.</summary>
    public bool NotifyEmptyReplay { get; set; } = true;

    /// <summary>Whether the socket that creates a conversation is subscribed to its messages unasked.</summary>
    public bool ImplicitSubscription { get; set; }

    /// <summary>Whether an agent counts as online from connecting, without SetAgentState.</summary>
    public bool ConnectedAgentIsOnline { get; set; }

    /// <summary>Whether consumers may come without signing in (protocol 4.2, 4.3).</summary>
    public bool AnonymousConsumers { get; set; } = true;

    /// <summary>Limits that differ from the server's, or null.</summary>
    public LimitOverrides? Limits { get; set; }
}
