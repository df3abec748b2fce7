using System.Runtime.Versioning;
using Parley.Server.Files;

namespace Parley.Server.Tests.Files;

public sealed class FolderFileStoreTests : FileStoreConformance
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parley-files-").FullName;

    private string[] Files => Directory.GetFiles(_folder, "*", SearchOption.AllDirectories);

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_file_is_for_its_owner_alone_and_nothing_is_beside_it()
    {
        await PutAsync(NewPath(), [1]);
        await PutAsync(NewPath(), new byte[10], mostBytes: 9);

        var file = Assert.Single(Files);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(file)!));
    }

    [Fact]
    public async Task What_a_crash_left_unfinished_is_not_shown_and_goes_with_the_deletion()
    {
        var path = NewPath();
        await PutAsync(path, [1]);
        var file = Assert.Single(Files);
        File.Move(file, file + ".part");

        Assert.False(await Store.ExistsAsync(path, default));
        Assert.Null(await Store.OpenAsync(path, default));

        await Store.DeleteAsync(path, default);
        Assert.Empty(Files);
    }

    [Theory]
    [InlineData("/v1/files/demo/../../accounts.db")]
    [InlineData("/v1/files/../0123456789abcdef0123456789abcdef.PNG")]
    [InlineData("/v1/files/demo/0123456789abcdef0123456789abcde.PNG")]
    [InlineData("/v1/files/demo/0123456789abcdef0123456789abcdef")]
    [InlineData("/v1/files/demo/0123456789abcdef0123456789abcdef.P/G")]
    [InlineData("/v1/files/demo/0123456789abcdef0123456789abcdef.PNG\n")]
    [InlineData("/v1/files/demo/0123456789abcdef0123456789abcdef.PNG/..")]
    [InlineData("v1/files/demo/0123456789abcdef0123456789abcdef.PNG")]
    [InlineData("")]
    [InlineData(null)]
    public void Text_that_the_server_did_not_make_is_no_path(string? text) => Assert.False(FilePath.TryParse(text, out _));

    [Fact]
    public void A_path_is_read_as_it_was_written()
    {
        var path = NewPath();

        Assert.True(FilePath.TryParse(path.ToString(), out var read));
        Assert.Equal((path, "PNG"), (read, read.Type));
        Assert.NotEqual(path, NewPath());
    }

    public override ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return base.DisposeAsync();
    }

    private protected override IFileStore Open() => new FolderFileStore(_folder);
}
