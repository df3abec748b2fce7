namespace Parley.Bench.Reporting;

/// <summary>The median of repeated measurements and how far they lie apart.</summary>
internal readonly record struct Spread(double Median, double Min, double Max)
{
    public static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return new Spread(sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2, sorted[0], sorted[^1]);
    }

    /// <summary>The median, and the range where there is one.</summary>
    public string Text(string format) =>
        Min.ToString(format) == Max.ToString(format) ? Median.ToString(format) : $"{Median.ToString(format)} [{Min.ToString(format)}..{Max.ToString(format)}]";
}
