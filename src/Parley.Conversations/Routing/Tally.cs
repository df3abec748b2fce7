namespace Parley.Conversations.Routing;

/// <summary>What happened with conversations in a stretch of time.</summary>
public sealed class Tally
{
    /// <summary>Conversations that began.</summary>
    public int Opened { get; private set; }

    /// <summary>Conversations that ended.</summary>
    public int Closed { get; private set; }

    /// <summary>Of those that ended: how many never had an agent.</summary>
    public int Abandoned { get; private set; }

    /// <summary>Conversations that found their first agent.</summary>
    public int Assigned { get; private set; }

    /// <summary>Of those: how many within their skill's wait target, or without one.</summary>
    public int AssignedInTime { get; private set; }

    /// <summary>How long these waited from their beginning, milliseconds, all together and the longest.</summary>
    public long WaitTotal { get; private set; }

    public long WaitLongest { get; private set; }

    /// <summary>Conversations that got their first answer.</summary>
    public int Answered { get; private set; }

    /// <summary>Of those: how many within the response promise they had at the end of it.</summary>
    public int AnsweredInTime { get; private set; }

    /// <summary>How long these waited for it from their beginning, milliseconds, all together and the longest.</summary>
    public long AnswerTotal { get; private set; }

    public long AnswerLongest { get; private set; }

    /// <summary>Rings that were offered, and how they ended.</summary>
    public int RingsOffered { get; private set; }

    public int RingsAccepted { get; private set; }
    public int RingsRejected { get; private set; }
    public int RingsExpired { get; private set; }

    internal void Open() => Opened++;

    internal void Close(bool isAbandoned)
    {
        Closed++;
        if (isAbandoned) Abandoned++;
    }

    internal void Assign(long wait, bool isInTime)
    {
        Assigned++;
        if (isInTime) AssignedInTime++;
        WaitTotal += wait;
        WaitLongest = Math.Max(WaitLongest, wait);
    }

    internal void Answer(long wait, bool isInTime)
    {
        Answered++;
        if (isInTime) AnsweredInTime++;
        AnswerTotal += wait;
        AnswerLongest = Math.Max(AnswerLongest, wait);
    }

    internal void Offer() => RingsOffered++;

    internal void End(RingState how)
    {
        if (how is RingState.Accepted or RingState.AutoAccept) RingsAccepted++;
        else if (how == RingState.Rejected) RingsRejected++;
        else if (how == RingState.Expired) RingsExpired++;
    }
}
