namespace Parley.Bench.Load;

/// <summary>Follows the notifications of a dialog at one socket: sequences without a gap, messages in the order they were published.</summary>
internal struct DeliveryCheck()
{
    private OrderCheck _sequences;
    private long _lastNumber = -1;

    public long Count { get; private set; }

    /// <summary>Whether it is the one that had to come. A number may be skipped, since its publish may have been refused; a sequence may not.</summary>
    public bool Accept(in ReceivedFrame frame)
    {
        Count++;
        var isLater = frame.Number > _lastNumber;
        _lastNumber = frame.Number;
        return _sequences.Accept(frame.Sequence) && isLater;
    }
}
