namespace Parley.Bench.Subjects;

/// <summary>What a result keeps of a <see cref="SubjectKind"/>.</summary>
/// <param name="Version">Of its packages; empty for what is ours.</param>
internal sealed record SubjectInfo(string Name, string Label, DurabilityTier Tier, string Version, string Settings)
{
    public static SubjectInfo Of(SubjectKind kind) => new(kind.Name, kind.Label, kind.Tier, DebianPackages.Versions(kind.Packages), kind.Settings);
}
