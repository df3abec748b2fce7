namespace Parley.Protocol.Tests;

/// <summary>Where the repository lies that this suite was built in.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Parley.slnx"))) return folder.FullName;
        }

        throw new InvalidOperationException("Parley.slnx was not found above the suite.");
    }
}
