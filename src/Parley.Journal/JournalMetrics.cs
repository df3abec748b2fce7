using System.Diagnostics.Metrics;

namespace Parley.Journal;

/// <summary>The instruments of the meter <c>Parley.Journal</c>.</summary>
internal static class JournalMetrics
{
    private static readonly Meter Meter = new("Parley.Journal");

    public static readonly Counter<long> Groups = Meter.CreateCounter<long>("parley.journal.groups", "{group}", "Commit groups made durable.");
    public static readonly Counter<long> Events = Meter.CreateCounter<long>("parley.journal.events", "{event}", "Events made durable.");
    public static readonly Counter<long> FailedGroups = Meter.CreateCounter<long>("parley.journal.groups.failed", "{group}", "Commit groups that were refused or left undecided.");
    public static readonly Counter<long> SettledEvents = Meter.CreateCounter<long>("parley.journal.events.settled", "{event}", "Events moved to their final table.");
    public static readonly Counter<long> SettlingFailures = Meter.CreateCounter<long>("parley.journal.settling.failed", "{attempt}", "Attempts to settle that failed and are repeated.");
    public static readonly Counter<long> ListenerFailures = Meter.CreateCounter<long>("parley.journal.listeners.failed", "{call}", "Entries or listeners that threw on the committing thread.");
    public static readonly UpDownCounter<long> TailBytes = Meter.CreateUpDownCounter<long>("parley.journal.tail", "By", "Bytes committed but not yet settled.");
    public static readonly Histogram<double> CommitDuration = Meter.CreateHistogram<double>("parley.journal.commit.duration", "s", "Time to make a group durable.");
}
