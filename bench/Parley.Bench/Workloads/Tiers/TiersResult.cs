using Parley.Bench.Reporting;

namespace Parley.Bench.Workloads.Tiers;

internal sealed record TiersResult(Provenance Provenance, double Seconds, IReadOnlyList<TierProof> Proofs);
