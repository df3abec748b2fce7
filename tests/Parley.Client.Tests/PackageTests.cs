using System.Diagnostics;
using System.IO.Compression;
using Parley.Client.Tests.Peer;

namespace Parley.Client.Tests;

/// <summary>The NuGet package, as a stranger's program gets it.</summary>
public sealed class PackageTests : IDisposable
{
    private const string Program = """
        using Parley.Client;
        await using var client = new ConsumerClient(ParleyEndpoints.At(new Uri(args[0]), "demo1"), args[1]);
        await client.ConnectAsync();
        Console.WriteLine(client.ConsumerId);
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("parley-package").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_program_that_has_only_the_package_compiles_connects_and_reads_the_documentation()
    {
        string feed = Path.Combine(_folder, "feed");
        await DotnetAsync(null, "pack", Path.Combine(Repository(), "src", "Parley.Client"), "--no-build", "-c", Configuration, "-o", feed);
        string package = Directory.GetFiles(feed, "*.nupkg").Single();
        using (ZipArchive content = ZipFile.OpenRead(package))
        {
            string[] wanted = ["README.md", "lib/net10.0/Parley.Client.dll", "lib/net10.0/Parley.Client.xml", "lib/net10.0/Parley.Protocol.dll"];
            Assert.Equal(wanted, wanted.Intersect(content.Entries.Select(e => e.FullName)));
            using var specification = new StreamReader(content.Entries.Single(e => e.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open());
            string text = await specification.ReadToEndAsync();
            Assert.Contains("""<license type="expression">MIT</license>""", text);
            Assert.DoesNotContain("<dependency ", text);
        }

        string version = Path.GetFileNameWithoutExtension(package)["Parley.Client.".Length..];
        string program = Path.Combine(_folder, "program");
        Directory.CreateDirectory(program);
        await File.WriteAllTextAsync(Path.Combine(program, "Program.cs"), Program);
        await File.WriteAllTextAsync(Path.Combine(program, "nuget.config"), $"""
            <configuration><packageSources><clear /><add key="feed" value="{feed}" /></packageSources></configuration>
            """);
        await File.WriteAllTextAsync(Path.Combine(program, "program.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable></PropertyGroup>
              <ItemGroup><PackageReference Include="Parley.Client" Version="{version}" /></ItemGroup>
            </Project>
            """);
        await DotnetAsync(program, "build", "-o", "out");

        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        Task<string> running = DotnetAsync(program, "out/program.dll", peer.Address.ToString(), Tokens.Consumer("k-1"));
        PeerSocket socket = await peer.AcceptAsync();
        Assert.Null(await socket.ReceiveTextAsync());
        Assert.Equal("k-1\n", await running);
    }

    private static string Configuration => AppContext.BaseDirectory.Contains("/Release/") ? "Release" : "Debug";

    private static string Repository()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Parley.slnx"))) folder = folder.Parent ?? throw new InvalidOperationException("The repository is not above the tests.");
        return folder.FullName;
    }

    private async Task<string> DotnetAsync(string? folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? _folder };
        // A cache of its own: a package of the same version from an earlier run must not be found.
        start.Environment["NUGET_PACKAGES"] = folder is null ? null : Path.Combine(_folder, "cache");
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(5));
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"dotnet {arguments[0]}: {output}{await error}");
        return output;
    }
}
