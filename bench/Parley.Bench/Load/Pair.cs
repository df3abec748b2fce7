using System.Diagnostics;

namespace Parley.Bench.Load;

/// <summary>A consumer who publishes to a dialog, and the agent who receives it. The consumer is subscribed and receives it too.</summary>
internal sealed class Pair(LeanSocket sender, LeanSocket agent, PublishTemplate template, LoadMeter meter) : IDisposable
{
    /// <summary>Publishes that may be on their way to the agent, answered or not.</summary>
    private const int LongestLag = 8192;

    private static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    private readonly long[] _sentAt = new long[LongestLag];
    private long _published;
    private OrderCheck _answers;
    private DeliveryCheck _toSender = new();
    private DeliveryCheck _toAgent = new();

    public LeanSocket Sender => sender;
    public LeanSocket Agent => agent;

    /// <summary>Publishes without an answer.</summary>
    public int InFlight { get; private set; }

    /// <summary>Stored publishes that one of the two sockets has not been told of.</summary>
    public long Undelivered => 2 * Stored - _toSender.Count - _toAgent.Count;

    private long Stored { get; set; }

    /// <summary>Publishes until the window is full.</summary>
    public void Fill(int window)
    {
        if (InFlight >= window) return;
        if (_published - _toAgent.Count > LongestLag - window) throw new IOException($"The agent is more than {LongestLag} messages behind.");
        var now = Stopwatch.GetTimestamp();
        for (; InFlight < window; InFlight++, _published++)
        {
            template.Queue(sender, _published);
            _sentAt[_published % LongestLag] = now;
        }

        sender.Flush();
    }

    /// <summary>Takes what arrived at the sender.</summary>
    public void ReceiveAtSender() => Receive(sender, isAgent: false);

    /// <summary>Takes what arrived at the agent.</summary>
    public void ReceiveAtAgent() => Receive(agent, isAgent: true);

    public void Dispose()
    {
        sender.Dispose();
        agent.Dispose();
    }

    private void Receive(LeanSocket socket, bool isAgent)
    {
        if (!socket.Receive()) return;
        var now = Stopwatch.GetTimestamp();
        while (socket.TryRead(out var opcode, out var payload))
        {
            if (opcode == FrameHeader.Text) Take(payload, isAgent, now);
            else if (opcode == FrameHeader.Ping) Pong(socket, payload);
            else meter.Failed(payload);
        }
    }

    private void Take(ReadOnlySpan<byte> payload, bool isAgent, long now)
    {
        var frame = ReceivedFrame.Read(payload);
        switch (frame.Kind)
        {
            case ReceivedKind.Answer when !isAgent && frame.Number >= 0:
                InFlight--;
                if (!_answers.Accept(frame.Number)) meter.Disordered();
                if (frame.Code != 200)
                {
                    meter.Failed(payload);
                    break;
                }

                Stored++;
                meter.Answered(Since(frame.Number, now));
                break;
            case ReceivedKind.Delivery when isAgent:
                if (!_toAgent.Accept(frame)) meter.Disordered();
                meter.DeliveredToAgent(Since(frame.Number, now));
                break;
            case ReceivedKind.Delivery:
                if (!_toSender.Accept(frame)) meter.Disordered();
                meter.DeliveredToSender();
                break;
            case ReceivedKind.Other:
                break;
            default:
                meter.Failed(payload);
                break;
        }
    }

    private long Since(long number, long now) => (long)((now - _sentAt[number % LongestLag]) * NanosecondsPerTick);

    private static void Pong(LeanSocket socket, ReadOnlySpan<byte> payload)
    {
        socket.Queue(MaskedFrame.Create(FrameHeader.Pong, payload));
        socket.Flush();
    }
}
