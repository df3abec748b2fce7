namespace Parley.Conversations.Routing;

/// <summary>An agent with a free slot where conversations of one kind look for one; a new one is made when its place changes.</summary>
internal sealed record Seat(AgentLoad Agent, Pool Pool, int Priority, int Free, long LastGiven) : IComparable<Seat>
{
    // The skill's best first, then more free slots, then whoever waits longest for work.
    public int CompareTo(Seat? other)
    {
        if (other is null) return 1;
        var order = Priority.CompareTo(other.Priority);
        if (order == 0) order = other.Free.CompareTo(Free);
        if (order == 0) order = LastGiven.CompareTo(other.LastGiven);
        return order != 0 ? order : string.CompareOrdinal(Agent.Id, other.Agent.Id);
    }
}
