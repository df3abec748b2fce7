namespace Parley.Tests.Crash;

/// <summary>The random moments at which a server is killed. The seed is printed, and may be given as <c>PARLEY_TEST_SEED</c>.</summary>
internal sealed class Kills
{
    private const int StartingShare = 5;

    private readonly Random _random;

    public Kills(int sample, int all)
    {
        Count = All ? all : sample;
        int seed = int.TryParse(Environment.GetEnvironmentVariable("PARLEY_TEST_SEED"), out int given) ? given : Random.Shared.Next();
        _random = new Random(seed);
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}, {Count} kills");
    }

    public static bool All { get; } = Environment.GetEnvironmentVariable("PARLEY_TEST_ALL") == "1";

    public int Count { get; }

    /// <summary>Kills a ready server after 0.2 to 2 s and starts it again; one time in five it is killed once more while it starts.</summary>
    public async Task StrikeAsync(ServerProcess server)
    {
        await Task.Delay(Moment());
        await server.KillAsync();
        if (_random.Next(StartingShare) == 0)
        {
            server.Launch();
            await Task.Delay(Moment() / 4);
            await server.KillAsync();
        }
        await server.StartAsync();
    }

    private TimeSpan Moment() => TimeSpan.FromMilliseconds(_random.Next(200, 2000));
}
