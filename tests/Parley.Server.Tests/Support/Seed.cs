namespace Parley.Server.Tests.Support;

/// <summary>Random tests print their seed; the long form runs more of them.</summary>
internal static class Seed
{
    /// <summary>Whether the long form runs: PARLEY_TEST_ALL=1.</summary>
    public static bool IsLong => Environment.GetEnvironmentVariable("PARLEY_TEST_ALL") == "1";

    /// <summary>How much more the long form does.</summary>
    public static int Scale { get; } = IsLong ? 20 : 1;

    /// <summary>A generator whose seed is in the test's output; PARLEY_TEST_SEED repeats one.</summary>
    public static Random New()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("PARLEY_TEST_SEED"), out var given) ? given : Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"PARLEY_TEST_SEED={seed}");
        return new Random(seed);
    }
}
