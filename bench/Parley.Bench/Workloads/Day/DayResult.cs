using Parley.Bench.Reporting;

namespace Parley.Bench.Workloads.Day;

/// <param name="Provenance">Where.</param>
/// <param name="Settings">What was asked for.</param>
/// <param name="EmptyResidentMegabytes">Of the server before anybody came.</param>
/// <param name="Minutes">The measured ones.</param>
/// <param name="Refused">Requests with an answer other than 200 or 202, from the beginning on.</param>
/// <param name="FirstRefusal">The first of them.</param>
/// <param name="OutOfOrder">Events that came to a consumer with a number that was not higher than the one before.</param>
/// <param name="Lost">Stored messages that the other side had not been told of when all was quiet.</param>
internal sealed record DayResult(
    Provenance Provenance, DaySettings Settings, double EmptyResidentMegabytes, IReadOnlyList<DayMinute> Minutes, long Refused, string? FirstRefusal, long OutOfOrder, long Lost);
