namespace Parley.Server.Tests.Site;

/// <summary>A folder like the build of the pages makes it; gone at the end.</summary>
internal sealed class BuiltSite : IDisposable
{
    public const string Script = "console.log('the script, which is longer than its compressed forms');";

    public BuiltSite()
    {
        foreach (var page in (string[])["shop", "workspace", "builder"]) Write($"{page}/index.html", $"<!doctype html><title>{page}</title>");
        Write("window.js", Script);
        Write("assets/main-Ab1_.js", Script);
        Write("assets/main-Ab1_.js.br", "as brotli");
        Write("assets/main-Ab1_.js.gz", "as gzip");
        Write("assets/icon.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
        Write("assets/notes.md", "not a kind that is served");
        Write("assets/.hidden.js", "hidden");
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("parley-site-").FullName;

    public string Write(string path, string content)
    {
        var full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
        return full;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
