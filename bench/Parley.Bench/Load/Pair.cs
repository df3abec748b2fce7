using System.Diagnostics;

namespace Parley.Bench.Load;

/// <summary>Somebody who publishes to a conversation, and somebody who receives it: consumer and agent, whatever a peer calls them.</summary>
internal sealed class Pair(LeanSocket sender, LeanSocket agent, IPairWire wire, LoadMeter meter) : IDisposable
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
    public long Undelivered => (wire.TellsSender ? 2 : 1) * Stored - _toSender.Count - _toAgent.Count;

    private long Stored { get; set; }

    /// <summary>Publishes until the window is full.</summary>
    public void Fill(int window)
    {
        if (InFlight >= window) return;
        if (_published - _toAgent.Count > LongestLag - window) throw new IOException($"The agent is more than {LongestLag} messages behind.");
        var now = Stopwatch.GetTimestamp();
        for (; InFlight < window; InFlight++, _published++)
        {
            wire.Publish(sender, _published);
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
        while (wire.TryTake(socket, isAgent, out var frame, out var bytes)) Take(frame, bytes, isAgent, now);
        socket.Flush();
    }

    private void Take(in ReceivedFrame frame, ReadOnlySpan<byte> payload, bool isAgent, long now)
    {
        switch (frame.Kind)
        {
            case ReceivedKind.Answer when !isAgent && WasPublished(frame.Number):
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
            case ReceivedKind.Delivery when isAgent && WasPublished(frame.Number):
                if (!_toAgent.Accept(frame)) meter.Disordered();
                meter.DeliveredToAgent(Since(frame.Number, now));
                break;
            case ReceivedKind.Delivery when !isAgent && wire.TellsSender:
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

    private bool WasPublished(long number) => number >= 0 && number < _published;

    private long Since(long number, long now) => (long)((now - _sentAt[number % LongestLag]) * NanosecondsPerTick);
}
