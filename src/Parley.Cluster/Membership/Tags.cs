using System.Globalization;

namespace Parley.Cluster.Membership;

/// <summary>The stamps of rows, as the texts that Orleans carries about.</summary>
internal static class Tags
{
    public static string Of(long stamp) => stamp.ToString(CultureInfo.InvariantCulture);

    /// <summary>The stamp, or one that no row has: a tag that is not ours names no state.</summary>
    public static long StampOf(string? tag) => long.TryParse(tag, NumberStyles.None, CultureInfo.InvariantCulture, out var stamp) ? stamp : -1;
}
