namespace Parley.Server.Tests.Ownership.Support;

/// <summary>How much is tried: a sample by default, everything when PARLEY_TEST_ALL=1. The seed is printed and can be given.</summary>
internal static class Sampling
{
    public static int Count(int sample, int all) => Environment.GetEnvironmentVariable("PARLEY_TEST_ALL") == "1" ? all : sample;

    public static Random Random()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("PARLEY_TEST_SEED"), out var given) ? given : Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"PARLEY_TEST_SEED={seed}");
        return new Random(seed);
    }
}
