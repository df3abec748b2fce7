using Parley.Journal.Tests.Support;

namespace Parley.Journal.Tests;

public sealed class DataFolderLockTests
{
    [Fact]
    public void A_second_holder_is_refused_until_the_first_gives_the_folder_back()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "made", "as needed");
        using (DataFolderLock.TryAcquire(path))
        {
            var refused = Assert.Throws<DataFolderInUseException>(() => DataFolderLock.TryAcquire(path));
            Assert.Contains(path, refused.Message, StringComparison.Ordinal);
        }

        using var again = DataFolderLock.TryAcquire(path);
    }

    [Fact]
    public void The_file_names_the_process()
    {
        using var folder = new TemporaryFolder();
        DataFolderLock.TryAcquire(folder.Path).Dispose();
        Assert.Equal($"{Environment.ProcessId}\n", File.ReadAllText(Path.Combine(folder.Path, DataFolderLock.FileName)));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_not_said_to_be_in_use()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "file");
        File.WriteAllText(file, "");
        Assert.IsNotType<DataFolderInUseException>(Assert.ThrowsAny<IOException>(() => DataFolderLock.TryAcquire(Path.Combine(file, "below"))));
    }
}
