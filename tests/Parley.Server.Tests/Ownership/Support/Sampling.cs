namespace Parley.Server.Tests.Ownership.Support;

/// <summary>How much is tried: a sample by default, everything when PARLEY_TEST_ALL=1. The seed is printed and can be given.</summary>
internal static class Sampling
{
    private static readonly bool IsAll = Environment.GetEnvironmentVariable("PARLEY_TEST_ALL") == "1";
    private static readonly int? Given = int.TryParse(Environment.GetEnvironmentVariable("PARLEY_TEST_SEED"), out var given) ? given : null;
    private static readonly int Drawn = (Given ?? Environment.TickCount) & int.MaxValue;

    public static int Count(int sample, int all) => IsAll ? all : sample;

    /// <summary>Skips a test that takes long and is one of several of its kind, unless it is the one that this run has drawn.</summary>
    public static void Draw(int which, int of) => Assert.SkipUnless(IsAll || Drawn % of == which, "The sample has another one of its kind.");

    public static Random Random()
    {
        var seed = Given ?? Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"PARLEY_TEST_SEED={seed}");
        return new Random(seed);
    }
}
