using Parley.Cluster.Tests.Faults.Histories;
using Parley.Cluster.Tests.Faults.Loads;

namespace Parley.Cluster.Tests.Faults;

/// <summary>How long conversations waited for the next node that decides for them.</summary>
internal sealed class Takeovers(TimeSpan? limit = null)
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(15);

    private readonly List<TimeSpan> _times = [];

    public void Add(IEnumerable<TimeSpan> times) => _times.AddRange(times);

    /// <summary>Ends a load: nothing is wrong with its history, nobody was told anything but that it is stored or to try again, and nobody waited longer than is promised.</summary>
    public async Task CheckAsync(Load load)
    {
        var violations = await load.FinishAsync();
        var publishes = load.History.Publishes;
        var output = TestContext.Current.TestOutputHelper!;
        output.WriteLine($"{publishes.Count} attempts, {string.Join(", ", publishes.CountBy(p => p.Outcome).Select(o => $"{o.Value} {o.Key}"))}, {load.History.Deliveries.Count} deliveries, {load.History.Looks.Count} looks");
        if (_times.Count > 0)
        {
            _times.Sort();
            output.WriteLine($"{_times.Count} conversations taken over: p50 {At(0.5):0.0} s, p95 {At(0.95):0.0} s, longest {At(1):0.0} s");
        }

        foreach (var violation in violations.Take(20)) output.WriteLine($"{violation}");
        Assert.Empty(violations.Select(v => v.Kind).Distinct());
        Assert.All(publishes, p => Assert.True(p.Code is 0 or 200 or 503, $"{p}"));
        Assert.All(_times, time => Assert.InRange(time, TimeSpan.Zero, limit ?? Promised));
    }

    private double At(double share) => _times[(int)Math.Min(_times.Count - 1, share * _times.Count)].TotalSeconds;
}
