namespace Parley.Server.Hosting;

/// <summary>The files of a data folder.</summary>
public sealed record DataFolder(string Path)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Accounts => In("accounts.db");
    public string FileCatalog => In("files.db");
    public string Files => In("files");
    public string EnvironmentFile => In("lp.env");
    public string RunningServer => In("server.json");
    public string Authority => In("ca.pem");
    public string AuthorityKey => In("ca-key.pem");
    public string Certificate => In("server.pem");
    public string CertificateKey => In("server-key.pem");

    /// <summary>Opens a folder, creating it for its owner alone.</summary>
    public static DataFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(full);
        }
        else
        {
            Directory.CreateDirectory(full, Private | UnixFileMode.UserExecute);
        }

        return new DataFolder(full);
    }

    /// <summary>Replaces a file in one step: a reader or a crash sees the old content or the new.</summary>
    public static void Replace(string path, string content, bool secret)
    {
        var temporary = $"{path}.new";
        File.Delete(temporary);
        using (var stream = Create(temporary, secret))
        {
            stream.Write(System.Text.Encoding.UTF8.GetBytes(content));
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Opens a file for writing; one that is created belongs to its owner alone from its first moment if it is secret.</summary>
    internal static FileStream Create(string path, bool secret)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = secret ? Private : Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        }

        return new FileStream(path, options);
    }

    private string In(string file) => System.IO.Path.Combine(Path, file);
}
