namespace Parley.Conversations;

/// <summary>Within how many seconds an answer is promised, by label (protocol 15.5).</summary>
public readonly record struct Promises(int Normal, int Prioritized, int Urgent)
{
    /// <summary>Of a label; CUSTOM without a time of its own is promised what NORMAL is.</summary>
    public int Of(TtrType type) => type switch
    {
        TtrType.Urgent => Urgent,
        TtrType.Prioritized => Prioritized,
        _ => Normal,
    };
}
