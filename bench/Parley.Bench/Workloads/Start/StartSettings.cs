namespace Parley.Bench.Workloads.Start;

/// <param name="Starts">On an empty folder, and as many on one that exists.</param>
internal sealed record StartSettings(int Starts);
