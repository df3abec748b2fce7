namespace Parley.Journal.Tests.Support;

/// <summary>How much is tried: a sample by default, everything when PARLEY_TEST_ALL=1.</summary>
internal static class Sampling
{
    public static bool All { get; } = Environment.GetEnvironmentVariable("PARLEY_TEST_ALL") == "1";

    public static int Count(int sample, int all) => All ? all : sample;

    /// <summary>All numbers up to a limit, or a seeded choice of them; the seed is printed.</summary>
    public static IReadOnlyList<int> Numbers(int limit, int sample)
    {
        var numbers = Enumerable.Range(1, limit).ToArray();
        if (All || limit <= sample) return numbers;
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        new Random(seed).Shuffle(numbers);
        return numbers[..sample];
    }
}
