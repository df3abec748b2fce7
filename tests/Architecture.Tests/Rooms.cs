using System.Xml.Linq;

namespace Architecture.Tests;

/// <summary>The assemblies of <c>src/</c>, by what each may know of the others.</summary>
internal static class Rooms
{
    /// <summary>Room by room, whom it may know. A new room fails the suite until it has its line here.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> MayKnow = new Dictionary<string, string[]>
    {
        ["Parley.Protocol"] = [],
        ["Parley.Conversations"] = [],
        ["Parley.Journal"] = ["Parley.Conversations"],
        ["Parley.Journal.Postgres"] = ["Parley.Conversations", "Parley.Journal"],
        ["Parley.Cluster"] = ["Parley.Server", "Parley.Accounts.Postgres", "Parley.Conversations", "Parley.Journal", "Parley.Journal.Postgres"],
        ["Parley.Server"] = ["Parley.Protocol", "Parley.Conversations", "Parley.Journal"],
        ["Parley.Accounts.Postgres"] = ["Parley.Server", "Parley.Journal.Postgres"],
        ["Parley.Client"] = ["Parley.Protocol"],
        // What a command prints and sends is spelled in the protocol's words; the heart and the journal stay behind the server.
        ["parley"] = ["Parley.Server", "Parley.Cluster", "Parley.Client", "Parley.Protocol"],
    };

    public static readonly string Root = FindRoot();

    public static string Source => Path.Combine(Root, "src");

    /// <summary>The project files of <c>src/</c>, by assembly name.</summary>
    public static IReadOnlyDictionary<string, string> Projects { get; } =
        Directory.EnumerateFiles(Source, "*.csproj", SearchOption.AllDirectories).ToDictionary(AssemblyNameOf);

    public static bool IsParley(string assembly) => assembly == "parley" || assembly.StartsWith("Parley.", StringComparison.Ordinal);

    public static Assembled Open(string room) => new(Path.Combine(AppContext.BaseDirectory, room + ".dll"));

    public static string AssemblyNameOf(string project) =>
        XDocument.Load(project).Descendants("AssemblyName").FirstOrDefault()?.Value ?? Path.GetFileNameWithoutExtension(project);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Parley.slnx"))) return folder.FullName;
        }

        throw new InvalidOperationException("The suite runs inside the repository: Parley.slnx was not found above it.");
    }
}
