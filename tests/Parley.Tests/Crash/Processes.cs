namespace Parley.Tests.Crash;

/// <summary>Tests that start servers and time them run one after another, when no others run.</summary>
[CollectionDefinition(Alone, DisableParallelization = true)]
public sealed class Processes
{
    public const string Alone = "Processes";
}
