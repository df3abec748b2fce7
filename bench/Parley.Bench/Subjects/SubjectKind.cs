using Parley.Bench.Workloads;

namespace Parley.Bench.Subjects;

/// <summary>A server that can be measured.</summary>
/// <param name="Name">As the command line has it.</param>
/// <param name="Label">As people read it.</param>
/// <param name="Tier">What an acknowledgement promises; <c>bench/run tiers</c> proves it.</param>
/// <param name="Settings">How it is run, and what a publish is to it.</param>
/// <param name="Packages">Of Debian; installed where missing.</param>
/// <param name="Start">Starts it with a data folder that does not exist yet.</param>
internal sealed record SubjectKind(
    string Name, string Label, DurabilityTier Tier, string Settings, string[] Packages, Func<BenchFolders, string, ISubject> Start);
