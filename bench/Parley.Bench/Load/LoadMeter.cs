namespace Parley.Bench.Load;

/// <summary>What the pairs of one load saw. Faults count from the start, everything else since <see cref="StartWindow"/>.</summary>
internal sealed class LoadMeter
{
    /// <summary>From queueing a publish to its answer.</summary>
    public Histogram ToAnswer { get; } = new();

    /// <summary>From queueing a publish to its notification at the agent.</summary>
    public Histogram ToDelivery { get; } = new();

    /// <summary>Answers with code 200.</summary>
    public long Answers { get; private set; }

    /// <summary>Notifications of messages, to senders and agents.</summary>
    public long Deliveries { get; private set; }

    /// <summary>Answers and notifications that were not the next of their socket, by number or by sequence.</summary>
    public long OutOfOrder { get; private set; }

    /// <summary>Answers with another code, and frames that make no sense.</summary>
    public long Errors { get; private set; }

    /// <summary>The first frame that was an error.</summary>
    public string? FirstError { get; private set; }

    /// <summary>Forgets all but the faults.</summary>
    public void StartWindow()
    {
        ToAnswer.Clear();
        ToDelivery.Clear();
        (Answers, Deliveries) = (0, 0);
    }

    public void Answered(long nanoseconds)
    {
        Answers++;
        ToAnswer.Record(nanoseconds);
    }

    public void DeliveredToSender() => Deliveries++;

    public void DeliveredToAgent(long nanoseconds)
    {
        Deliveries++;
        ToDelivery.Record(nanoseconds);
    }

    public void Disordered() => OutOfOrder++;

    public void Failed(ReadOnlySpan<byte> frame)
    {
        Errors++;
        FirstError ??= System.Text.Encoding.UTF8.GetString(frame);
    }
}
