namespace Parley.Bench.Load;

/// <summary>Follows numbers that must come one after the other from 0 on, each once.</summary>
internal struct OrderCheck
{
    private long _next;

    /// <summary>Whether the number is the one that had to come. After a wrong one its successor is expected.</summary>
    public bool Accept(long number)
    {
        var isNext = number == _next;
        _next = number + 1;
        return isNext;
    }
}
