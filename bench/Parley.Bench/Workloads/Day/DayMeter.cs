using System.Diagnostics;
using Parley.Bench.Load;

namespace Parley.Bench.Workloads.Day;

/// <summary>Counts what happens, and follows each message by its number: even ones are consumers', odd ones agents'.</summary>
internal sealed class DayMeter
{
    private const int Remembered = 1 << 20;

    private readonly long[] _sentAt = new long[Remembered];
    private long _last;
    private long _stored;
    private long _delivered;

    public Histogram ToAnswer { get; private set; } = new();
    public Histogram ToDelivery { get; private set; } = new();
    public long Publishes { get; private set; }
    public long Deliveries { get; private set; }
    public long OtherEvents { get; set; }
    public long Opened { get; set; }
    public long Closed { get; set; }
    public long Refused { get; private set; }
    public string? FirstRefusal { get; private set; }
    public long OutOfOrder { get; set; }

    /// <summary>Messages that were stored and have not been delivered to the other side.</summary>
    public long Missing => _stored - _delivered;

    /// <summary>The number of the next message.</summary>
    public long Send(bool isAgent)
    {
        var number = ++_last * 2 + (isAgent ? 1 : 0);
        _sentAt[_last % Remembered] = Stopwatch.GetTimestamp();
        return number;
    }

    public static bool IsAgents(long number) => (number & 1) == 1;

    public void Answered(in ReceivedFrame frame, ReadOnlySpan<byte> bytes)
    {
        if (frame.Code is not (200 or 202))
        {
            Refused++;
            FirstRefusal ??= System.Text.Encoding.UTF8.GetString(bytes);
        }
        else if (frame.Number >= 0)
        {
            _stored++;
            Publishes++;
            ToAnswer.Record(Since(frame.Number));
        }
    }

    /// <summary>A message came to the other side.</summary>
    public void Delivered(long number)
    {
        _delivered++;
        Deliveries++;
        ToDelivery.Record(Since(number));
    }

    /// <summary>A message was there when somebody came who could read it: how long that took says nothing about the server.</summary>
    public void Found()
    {
        _delivered++;
        Deliveries++;
    }

    /// <summary>Begins another minute; faults go on being counted.</summary>
    public void StartMinute()
    {
        (ToAnswer, ToDelivery) = (new(), new());
        (Publishes, Deliveries, OtherEvents, Opened, Closed) = (0, 0, 0, 0, 0);
    }

    private long Since(long number) => (long)Stopwatch.GetElapsedTime(_sentAt[number / 2 % Remembered]).TotalNanoseconds;
}
