using Parley.Bench.Subjects;

namespace Parley.Bench.Workloads.Tiers;

/// <summary>One publish in flight at a time: each acknowledgement of T2 needs a sync of its own.</summary>
/// <param name="Subject">What it is said to be.</param>
/// <param name="Acknowledged">Publishes.</param>
/// <param name="Syncs">Meanwhile; -1 when nothing was found out.</param>
/// <param name="Method">How they were counted, or why not.</param>
internal sealed record TierProof(SubjectInfo Subject, long Acknowledged, long Syncs, string Method)
{
    public double SyncsPerPublish => (double)Syncs / Acknowledged;

    /// <summary>Whether the syncs are what the tier says; null when nothing was found out.</summary>
    public bool? IsRight => Syncs < 0 || Acknowledged == 0 ? null : (Syncs >= Acknowledged) == (Subject.Tier == DurabilityTier.T2);
}
