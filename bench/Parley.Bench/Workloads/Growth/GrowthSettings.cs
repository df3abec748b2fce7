namespace Parley.Bench.Workloads.Growth;

/// <param name="Conversations">Stored beforehand.</param>
/// <param name="Messages">In each.</param>
/// <param name="Open">How many of them, the newest, are open.</param>
/// <param name="Pairs">That publish, one in flight each.</param>
/// <param name="WarmUpSeconds">Before publishing is measured.</param>
/// <param name="Seconds">Of publishing.</param>
/// <param name="Rounds">Of everything, on the empty store and on the grown one in turn.</param>
internal sealed record GrowthSettings(int Conversations, int Messages, int Open, int Pairs, double WarmUpSeconds, double Seconds, int Rounds)
{
    /// <summary>Whose conversations are looked at.</summary>
    public int Consumers => 200;

    /// <summary>Of the conversation that is replayed.</summary>
    public int ReplayEvents => 10_000;
}
