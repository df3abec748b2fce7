using System.Xml.Linq;

namespace Architecture.Tests;

public sealed class WhoMayKnowWhomTests
{
    public static TheoryData<string> RoomNames => [.. Rooms.MayKnow.Keys];

    [Fact]
    public void Every_room_has_its_rule() => Assert.Equal(Rooms.MayKnow.Keys.Order(StringComparer.Ordinal), Rooms.Projects.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(RoomNames))]
    public void A_room_uses_only_the_rooms_it_may_know(string room)
    {
        using var assembly = Rooms.Open(room);
        Allowed.Nothing(
            $"{room} may know {Known(room)}, but uses:",
            assembly.UsedTypes.Where(used => IsForbidden(room, used.Assembly)).Select(used => $"{used.Type} ({used.Assembly})")
                .Concat(assembly.References.Where(name => IsForbidden(room, name))));
    }

    // A reference nobody uses does not reach the assembly; the next edit would use it.
    [Theory]
    [MemberData(nameof(RoomNames))]
    public void A_room_refers_only_to_the_rooms_it_may_know(string room)
    {
        var project = Rooms.Projects[room];
        Allowed.Nothing(
            $"{room} may know {Known(room)}, but its project refers to:",
            XDocument.Load(project).Descendants("ProjectReference")
                .Select(r => Rooms.AssemblyNameOf(Path.Combine(Path.GetDirectoryName(project)!, r.Attribute("Include")!.Value.Replace('\\', '/'))))
                .Where(name => IsForbidden(room, name)));
    }

    [Theory]
    [InlineData("Parley.Protocol")]
    [InlineData("Parley.Conversations")]
    public void Protocol_and_heart_stand_on_the_runtime_alone(string room)
    {
        using var assembly = Rooms.Open(room);
        Allowed.Nothing(
            $"{room} may use the runtime only, but uses:",
            assembly.References.Where(name => name is not "netstandard" && !name.StartsWith("System.", StringComparison.Ordinal))
                .Concat(XDocument.Load(Rooms.Projects[room]).Descendants("PackageReference").Select(r => r.Attribute("Include")!.Value)));
    }

    [Fact]
    public void The_protocol_does_no_input_or_output()
    {
        using var assembly = Rooms.Open("Parley.Protocol");
        string[] files = ["System.IO.File", "System.IO.FileInfo", "System.IO.FileStream", "System.IO.Directory", "System.IO.DirectoryInfo"];
        Allowed.Nothing(
            "Parley.Protocol does no I/O, but uses:",
            assembly.UsedTypes.Select(used => used.Type).Where(type =>
                files.Contains(type) || type.StartsWith("System.IO.Pipelines.", StringComparison.Ordinal) || type.StartsWith("System.Net.", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_heart_is_pure()
    {
        using var assembly = Rooms.Open("Parley.Conversations");
        string[] spaces = ["System.IO.", "System.Threading.", "System.Text.Json.", "System.Net.", "System.Diagnostics.Process", "System.Diagnostics.Stopwatch"];
        string[] clocks =
        [
            "System.TimeProvider", "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today", "System.DateTimeOffset.get_Now",
            "System.DateTimeOffset.get_UtcNow", "System.Environment.get_TickCount", "System.Guid.NewGuid", "System.Guid.CreateVersion7", "System.Random", "System.Console",
        ];
        Allowed.Nothing(
            "Parley.Conversations knows no I/O, JSON, threads, clock or chance, but uses:",
            assembly.UsedTypes.Select(used => used.Type).Where(type => spaces.Any(s => type.StartsWith(s, StringComparison.Ordinal)))
                .Concat(assembly.UsedTypes.Select(used => used.Type).Concat(assembly.UsedMembers).Where(name => clocks.Any(c => name.StartsWith(c, StringComparison.Ordinal)))));
    }

    [Fact]
    public void Nobody_refers_to_the_executable() =>
        Allowed.Nothing("Nobody may know parley, but it is used by:", Rooms.MayKnow.Keys.Where(room =>
        {
            using var assembly = Rooms.Open(room);
            return assembly.References.Contains("parley");
        }));

    private static bool IsForbidden(string room, string assembly) => Rooms.IsParley(assembly) && !Rooms.MayKnow[room].Contains(assembly);

    private static string Known(string room) => Rooms.MayKnow[room] is { Length: > 0 } known ? string.Join(", ", known) : "nobody";
}
