using System.Diagnostics;
using Parley.Bench.Load;

namespace Parley.Bench.SelfCheck;

/// <summary>Whether the instrument is right: a load generator that misses faults would report a perfect server.</summary>
internal static class SelfChecks
{
    private const int Window = 4;
    private const int Publishes = 50;

    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(10);

    /// <summary>Runs all and prints each.</summary>
    /// <returns>Whether all are right.</returns>
    public static bool Run()
    {
        var isRight = Say("percentiles of known durations", PercentilesAreRight(), "off by more than 0.5 %");
        foreach (var fault in Fault.All) isRight &= Check(fault);
        foreach (var check in WireCheck.All) isRight &= Say($"bytes of a peer: {check.Name}", check.Read() is var read && read == check.Expected, $"read {read}, not {check.Expected}");
        return isRight;
    }

    private static bool Check(Fault fault)
    {
        var meter = new LoadMeter();
        using var peer = new ScriptedPeer(fault.Script, fault.Trickles);
        using var pair = peer.Connect(meter);
        using var loop = new ClosedLoop([pair], Window);
        var began = Stopwatch.GetTimestamp();
        while (meter.Answers < Publishes && Stopwatch.GetElapsedTime(began) < LongestRun) loop.Run(Slice);
        var lost = loop.Drain(Patience);
        return Say(
            $"peer's fault: {fault.Name}",
            meter.Answers >= Publishes && (meter.OutOfOrder, meter.Errors, lost) == (fault.OutOfOrder, fault.Errors, fault.Lost),
            $"out of order {meter.OutOfOrder} ({fault.OutOfOrder}), errors {meter.Errors} ({fault.Errors}), lost {lost} ({fault.Lost}), {meter.Answers} answers");
    }

    private static bool PercentilesAreRight()
    {
        var histogram = new Histogram();
        for (var microseconds = 1; microseconds <= 100_000; microseconds++) histogram.Record(microseconds * 1000L);
        return new[] { 0.001, 0.5, 0.99, 0.999, 1 }.All(share => Math.Abs(histogram.Percentile(share) / (share * 1e8) - 1) < 0.005);
    }

    private static bool Say(string what, bool isRight, string found)
    {
        Console.WriteLine(isRight ? $"right: {what}" : $"WRONG: {what}: {found}");
        return isRight;
    }
}
