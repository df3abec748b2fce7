namespace Parley.Journal.Tests.Support;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("parley-journal-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
