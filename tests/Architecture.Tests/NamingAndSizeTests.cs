using System.Text.RegularExpressions;
using Parley.Protocol;

namespace Architecture.Tests;

public sealed partial class NamingAndSizeTests
{
    private const int Large = 20 * 1024;
    private static readonly string[] EmptyWords = ["Manager", "Helper", "Helpers", "Util", "Utils"];

    public static TheoryData<string> RoomNames => [.. Rooms.MayKnow.Keys];

    [Theory]
    [MemberData(nameof(RoomNames))]
    public void No_type_has_a_name_that_says_nothing(string room)
    {
        using var assembly = Rooms.Open(room);
        Allowed.Nothing(
            $"Types of {room} with a name that says nothing:",
            assembly.Types.Where(type => EmptyWords.Any(word => type.Split('`')[0].EndsWith(word, StringComparison.Ordinal))));
    }

    [Fact]
    public void A_large_source_file_says_at_its_top_why_it_is_one_file() =>
        Allowed.Nothing(
            $"Files above {Large / 1024} kB that do not begin with a comment saying why:",
            Directory.EnumerateFiles(Rooms.Source, "*.cs", SearchOption.AllDirectories)
                .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
                .Where(file => new FileInfo(file).Length > Large && !File.ReadLines(file).First().StartsWith("//", StringComparison.Ordinal))
                .Select(file => Path.GetRelativePath(Rooms.Root, file)));

    // Operators filter logs by these numbers.
    [Fact]
    public void A_log_event_has_a_number_of_its_own() =>
        Allowed.Nothing(
            "Numbers of several log events:",
            Directory.EnumerateFiles(Rooms.Source, "LogMessages.cs", SearchOption.AllDirectories)
                .SelectMany(file => LoggerMessage().Matches(File.ReadAllText(file))).GroupBy(match => match.Groups[1].Value).Where(group => group.Count() > 1).Select(group => group.Key));

    [Fact]
    public void A_type_name_of_the_wire_has_one_constant()
    {
        var names = typeof(TypeNames).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).ToArray();

        Assert.NotEmpty(names);
        Allowed.Nothing("Type names with several constants:", names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [GeneratedRegex(@"LoggerMessage\((\d+)")]
    private static partial Regex LoggerMessage();
}
