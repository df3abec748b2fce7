namespace Parley.Conversations.Routing;

/// <summary>An open conversation as routing keeps it: its last known state, who holds a slot for it, where it queues.</summary>
internal sealed class RoutedConversation(Conversation conversation)
{
    public static readonly IComparer<RoutedConversation> ByPlace = Comparer<RoutedConversation>.Create((x, y) => x.Place.CompareTo(y.Place));

    public Conversation Conversation { get; set; } = conversation;

    public string Id => Conversation.Id;

    /// <summary>Agents to whom an offer is under way whose ring was not seen yet.</summary>
    public List<string> Offered { get; } = [];

    /// <summary>Who holds how much of a slot for it, and under which skill it is counted.</summary>
    public List<(AgentLoad Agent, string? SkillId, int Weight)> Holds { get; set; } = [];

    /// <summary>Where it queues, its own skill first. Its place does not change while it is in any.</summary>
    public List<Pool> Pools { get; } = [];

    /// <summary>Its place; meaningful while it queues.</summary>
    public QueueKey Place { get; set; }

    /// <summary>When time alone changes something, epoch milliseconds.</summary>
    public long WakeAt { get; set; } = long.MaxValue;

    /// <summary>Rings whose end was asked for, and when it is asked for again because it was not seen to happen.</summary>
    public Dictionary<string, long> Ending { get; } = [];

    /// <summary>Whether it needs an agent.</summary>
    public bool IsWaiting => Conversation is { WaitingSince: not null, Stage: Stage.Open };

    public bool IsHeldBy(AgentLoad agent)
    {
        foreach (var hold in Holds)
        {
            if (hold.Agent == agent) return true;
        }

        return false;
    }

    /// <summary>How an agent answered it while it waits this time: until when he is not asked again; null when he did not decline.</summary>
    public long? DeclinedUntil(string agentId, long retryAfter)
    {
        for (var i = Conversation.Rings.Count - 1; i >= 0; i--)
        {
            var ring = Conversation.Rings[i];
            if (ring.AgentId == agentId && ring.State is RingState.Rejected or RingState.Expired && ring.OfferedTs >= Conversation.WaitingSince)
                return ring.EndedTs + retryAfter;
        }

        return null;
    }

    /// <summary>The agent it is handed to, as long as it waits for him alone: until he declines or the time for it is over.</summary>
    public string? HandedTo(long now, long fallback)
    {
        if (Conversation.SuggestedSince is not { } since || now >= since + fallback) return null;
        foreach (var participant in Conversation.Main.Participants)
        {
            if (participant.State != ParticipantState.Suggested) continue;
            var agent = participant.UserId;
            foreach (var ring in Conversation.Rings)
            {
                if (ring.AgentId == agent && ring.OfferedTs >= since && ring.State is RingState.Rejected or RingState.Expired) return null;
            }

            return agent;
        }

        return null;
    }
}
