using Parley.Bench.Load;

namespace Parley.Bench.Subjects;

/// <summary>A running server that is measured; disposing of it ends it.</summary>
internal interface ISubject : IDisposable
{
    /// <summary>Its processes; their descendants count as well.</summary>
    int[] Processes { get; }

    /// <summary>Makes pairs that are ready to publish.</summary>
    Task<Pair[]> ConnectAsync(int count, int publishBytes, LoadMeter meter);

    /// <summary>Connects so many managers who are told of every conversation, and has each agent follow his own; only Parley has such lists.</summary>
    Task<Bystander[]> WatchAsync(IReadOnlyList<Pair> pairs, int managers) => Task.FromResult<Bystander[]>([]);

    /// <summary>What is acknowledged but not where it belongs; null for a server that puts nothing off.</summary>
    Task<Settling?> SettlingAsync() => Task.FromResult<Settling?>(null);

    /// <summary>Bytes allocated on its managed heap since its start; null for a server of which that cannot be known.</summary>
    Task<double?> AllocatedAsync() => Task.FromResult<double?>(null);

    /// <summary>Bytes that its nodes have sent to each other since their start; null for a server that is alone.</summary>
    Task<double?> BetweenNodesAsync() => Task.FromResult<double?>(null);

    /// <summary>Ends it as an operator would.</summary>
    void Stop() => Dispose();
}
