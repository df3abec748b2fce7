using Parley.Bench.Reporting;
using Parley.Bench.Subjects;

namespace Parley.Bench.Workloads.Pairs;

/// <summary>One number of pairs with one window, measured with and without storage.</summary>
/// <param name="Pairs">How many senders, each with an agent.</param>
/// <param name="InFlight">Publishes in flight per sender.</param>
/// <param name="Legs">In the order they were measured.</param>
internal sealed record PairsCase(int Pairs, int InFlight, IReadOnlyList<PairsLeg> Legs)
{
    /// <summary>The rate with SQLite as a share of the rate with nothing, a value per round: what drifts evenly within a round cancels out.</summary>
    public Spread RateOfLimit => OfLimit(leg => leg.PublishesPerSecond);

    /// <summary>The server's processor time per publish with SQLite as a multiple of that with nothing, likewise.</summary>
    public Spread CpuOfLimit => OfLimit(leg => leg.ServerMicrosecondsPerPublish);

    public IEnumerable<PairsLeg> With(string journal) => Legs.Where(leg => leg.Journal == journal);

    private Spread OfLimit(Func<PairsLeg, double> figure)
    {
        return Spread.Of(Legs.Chunk(PairsWorkload.Round.Count).Select(round => Sum(round, Journals.Sqlite) / Sum(round, Journals.None)));

        double Sum(IEnumerable<PairsLeg> round, string journal) => round.Where(leg => leg.Journal == journal).Sum(figure);
    }
}
