using Parley.Bench.Reporting;
using Parley.Bench.Subjects;

namespace Parley.Bench.Workloads.Pairs;

/// <summary>One number of pairs with one window, measured with each subject.</summary>
/// <param name="Pairs">How many senders, each with an agent.</param>
/// <param name="InFlight">Publishes in flight per sender.</param>
/// <param name="Legs">In the order they were measured.</param>
internal sealed record PairsCase(int Pairs, int InFlight, IReadOnlyList<PairsLeg> Legs)
{
    /// <summary>Who was measured, in their order.</summary>
    public IEnumerable<string> Subjects => Legs.Select(leg => leg.Subject).Distinct();

    public IEnumerable<PairsLeg> With(string subject) => Legs.Where(leg => leg.Subject == subject);

    /// <summary>A figure of a subject as a share of the limit's, a value per round: what drifts evenly within a round cancels out.</summary>
    /// <returns>Null where one of the two is missing.</returns>
    public Spread? OfLimit(string subject, Func<PairsLeg, double> figure)
    {
        var rounds = Legs.GroupBy(leg => leg.Round).Select(round => Sum(round, subject) / Sum(round, SubjectKinds.Limit)).Where(double.IsFinite).ToArray();
        return rounds.Length > 0 ? Spread.Of(rounds) : null;

        double Sum(IEnumerable<PairsLeg> round, string name) => round.Where(leg => leg.Subject == name).Sum(figure);
    }
}
