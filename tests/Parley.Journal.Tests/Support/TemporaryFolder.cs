namespace Parley.Journal.Tests.Support;

/// <summary>A folder in memory where there is such a place: these tests watch the calls that sync, they need no disk that does.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Make();

    public static string Make()
    {
        var root = Directory.Exists("/dev/shm") ? "/dev/shm" : System.IO.Path.GetTempPath();
        return Directory.CreateDirectory(System.IO.Path.Combine(root, $"parley-journal-{Guid.NewGuid():N}")).FullName;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
