using Parley.Bench.Load;

namespace Parley.Bench.Reporting;

/// <summary>Percentiles of a duration, milliseconds.</summary>
internal sealed record LatencyFigures(double P50, double P99, double P999, double Max)
{
    public static LatencyFigures Of(Histogram histogram) => new(
        Milliseconds(histogram.Percentile(0.5)),
        Milliseconds(histogram.Percentile(0.99)),
        Milliseconds(histogram.Percentile(0.999)),
        Milliseconds(histogram.MaxNanoseconds));

    private static double Milliseconds(double nanoseconds) => Math.Round(nanoseconds / 1e6, 4);
}
