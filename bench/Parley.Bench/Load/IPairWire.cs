namespace Parley.Bench.Load;

/// <summary>How one pair speaks with one kind of server: what a publish is, and what the bytes that come back mean.</summary>
internal interface IPairWire
{
    /// <summary>Whether the sender, too, is told of each of his messages.</summary>
    bool TellsSender { get; }

    /// <summary>Queues the publish with this number.</summary>
    void Publish(LeanSocket sender, long number);

    /// <summary>Takes the next whole thing that was received. What must be said in return (to a ping, or to get more) is queued.</summary>
    /// <param name="socket">The sender's or the agent's.</param>
    /// <param name="isAgent">Which of the two.</param>
    /// <param name="frame">What it means.</param>
    /// <param name="bytes">What it was, for people, if it makes no sense; valid until the next call.</param>
    bool TryTake(LeanSocket socket, bool isAgent, out ReceivedFrame frame, out ReadOnlySpan<byte> bytes);
}
