using System.Text.Json.Serialization;

namespace Parley.Bench.Subjects;

/// <summary>What an acknowledged message survives. Figures of different tiers do not compare.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DurabilityTier>))]
internal enum DurabilityTier
{
    /// <summary>Nothing: it is in memory.</summary>
    T0,

    /// <summary>The end of the process: the kernel has it.</summary>
    T1,

    /// <summary>The loss of power: the disk was told to write it before it was acknowledged.</summary>
    T2,
}
