namespace Architecture.Tests;

/// <summary>The rules see only what the reader of assemblies shows them: it must show the truth.</summary>
public sealed class ReaderTests
{
    [Fact]
    public void The_reader_sees_own_types_and_used_assemblies_types_and_members()
    {
        using var self = Rooms.Open("Architecture.Tests");

        Assert.Contains("Architecture.Tests.ReaderTests", self.Types);
        Assert.Contains("System.Reflection.Metadata", self.References);
        Assert.Contains(("System.Reflection.Metadata.MetadataReader", "System.Reflection.Metadata"), self.UsedTypes);
        Assert.Contains("System.IO.File.OpenRead", self.UsedMembers);
    }
}
