namespace Parley.Shell;

/// <summary>Files and folders that nobody but their owner may open.</summary>
internal static class OwnerOnly
{
    private const UnixFileMode ReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static StreamWriter Open(string file, FileMode mode, bool executable = false)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = executable ? ReadWrite | UnixFileMode.UserExecute : ReadWrite;
        return new StreamWriter(new FileStream(file, options));
    }

    public static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, ReadWrite | UnixFileMode.UserExecute);
    }
}
