namespace Parley.Bench.Load;

/// <summary>Parley's own: JSON in WebSocket frames, an answer to each publish, a notification to each of the two.</summary>
internal sealed class ParleyWire(PublishTemplate publish) : IPairWire
{
    public bool TellsSender => true;

    public void Publish(LeanSocket sender, long number) => publish.Queue(sender, number);

    public bool TryTake(LeanSocket socket, bool isAgent, out ReceivedFrame frame, out ReadOnlySpan<byte> bytes)
    {
        var isText = socket.TryReadText(out bytes, out var isWhole);
        frame = isText ? ReceivedFrame.Read(bytes) : ReceivedFrame.Unknown;
        return isWhole;
    }
}
