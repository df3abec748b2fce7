namespace Architecture.Tests;

internal static class Allowed
{
    /// <summary>Asserts that nothing offends, and names everything that does.</summary>
    public static void Nothing(string rule, IEnumerable<string> offenders)
    {
        string[] found = [.. offenders.Distinct().Order(StringComparer.Ordinal)];
        Assert.True(found.Length == 0, $"{rule}{Environment.NewLine}  {string.Join(Environment.NewLine + "  ", found)}");
    }
}
