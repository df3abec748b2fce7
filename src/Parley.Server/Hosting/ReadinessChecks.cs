using System.Collections.Concurrent;

namespace Parley.Server.Hosting;

/// <summary>What must hold for the server to take work; any part of it may add a check.</summary>
public sealed class ReadinessChecks
{
    private readonly ConcurrentDictionary<string, Func<string?>> _checks = new();

    /// <param name="name">Shown to operators.</param>
    /// <param name="problem">Returns null, or in words what is wrong; called on every probe, must be quick and must not throw.</param>
    public void Add(string name, Func<string?> problem) => _checks[name] = problem;

    internal ReadinessReport Run()
    {
        var problems = new Dictionary<string, string>();
        foreach (var (name, check) in _checks)
        {
            if (check() is { } problem)
            {
                problems[name] = problem;
            }
        }

        return new ReadinessReport(problems.Count == 0, problems);
    }
}
