using System.Net;
using System.Net.Sockets;
using System.Text;
using Parley.Server.Site;
using Parley.Server.Tests.Hosting;

namespace Parley.Server.Tests.Site;

public sealed class SiteTests : IAsyncLifetime
{
    private readonly BuiltSite _site = new();
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(options => options.Site = _site.Folder);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _site.Dispose();
    }

    [Theory]
    [InlineData("/workspace", "workspace")]
    [InlineData("/workspace/", "workspace")]
    [InlineData("/workspace/manager/queue", "workspace")]
    [InlineData("/builder", "builder")]
    [InlineData("/builder/record", "builder")]
    public async Task A_page_is_there_with_all_that_follows_its_address(string address, string page)
    {
        using var answer = await _server.Http.GetAsync(address);

        Assert.Equal((HttpStatusCode.OK, "text/html; charset=utf-8"), (answer.StatusCode, answer.Content.Headers.ContentType?.ToString()));
        Assert.Contains($"<title>{page}</title>", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_page_runs_only_what_this_server_serves_and_stands_in_no_frame()
    {
        using var answer = await _server.Http.GetAsync("/workspace");
        var policy = Header(answer, "Content-Security-Policy").Split(';', StringSplitOptions.TrimEntries);

        string[] directives =
        [
            "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob: https:", "connect-src 'self'", "base-uri 'none'", "form-action 'none'",
            "frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'", "report-uri /csp-report",
        ];
        Assert.Subset(policy.ToHashSet(), directives.ToHashSet());
        Assert.DoesNotContain("unsafe", Header(answer, "Content-Security-Policy"));
        Assert.Equal(
            ("no-cache", "nosniff", "DENY", "no-referrer", "same-origin", "same-origin"),
            (Header(answer, "Cache-Control"), Header(answer, "X-Content-Type-Options"), Header(answer, "X-Frame-Options"), Header(answer, "Referrer-Policy"),
                Header(answer, "Cross-Origin-Opener-Policy"), Header(answer, "Cross-Origin-Resource-Policy")));
        Assert.Contains("camera=()", Header(answer, "Permissions-Policy"));
    }

    [Fact]
    public async Task Without_demo_mode_the_root_leads_to_the_workspace()
    {
        using var answer = await _server.Http.GetAsync("/");
        Assert.Equal((HttpStatusCode.Found, "/workspace"), (answer.StatusCode, answer.Headers.Location?.ToString()));
        Assert.Equal(HttpStatusCode.NotFound, (await _server.Http.GetAsync("/shop/index.html")).StatusCode);
    }

    [Fact]
    public async Task What_has_its_content_in_its_name_is_kept_for_ever_and_may_be_loaded_by_the_window_anywhere()
    {
        using var answer = await _server.Http.GetAsync("/assets/main-Ab1_.js");

        Assert.Equal(("*", "cross-origin"), (Header(answer, "Access-Control-Allow-Origin"), Header(answer, "Cross-Origin-Resource-Policy")));
        Assert.Equal(
            ("public, max-age=31536000, immutable", "text/javascript; charset=utf-8", "nosniff", "Accept-Encoding"),
            (CacheControl(answer), answer.Content.Headers.ContentType?.ToString(), Header(answer, "X-Content-Type-Options"), Header(answer, "Vary")));
        Assert.Equal(BuiltSite.Script, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_window_may_be_embedded_anywhere_and_is_asked_for_anew()
    {
        using var answer = await _server.Http.GetAsync("/window.js");
        Assert.Equal(
            ("no-cache", "*", "cross-origin"),
            (CacheControl(answer), Header(answer, "Access-Control-Allow-Origin"), Header(answer, "Cross-Origin-Resource-Policy")));

        using var again = new HttpRequestMessage(HttpMethod.Get, "/window.js");
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var unchanged = await _server.Http.SendAsync(again);
        Assert.Equal((HttpStatusCode.NotModified, 0), (unchanged.StatusCode, (await unchanged.Content.ReadAsByteArrayAsync()).Length));
        Assert.Equal((answer.Headers.ETag, "no-cache"), (unchanged.Headers.ETag, CacheControl(unchanged)));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("br;q=0.5, gzip", "gzip")]
    [InlineData("br;q=0, gzip;q=0", null)]
    [InlineData("*", "br")]
    [InlineData("*;q=0", null)]
    [InlineData("identity, gzip;q=0.5", null)]
    [InlineData("deflate, zstd", null)]
    [InlineData("nonsense;;q=x", null)]
    public async Task The_best_form_that_the_browser_takes_is_sent(string? accepted, string? sent)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/assets/main-Ab1_.js");
        if (accepted is not null) request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        using var answer = await _server.Http.SendAsync(request);

        Assert.Equal((HttpStatusCode.OK, sent), (answer.StatusCode, answer.Content.Headers.ContentEncoding.SingleOrDefault()));
        Assert.Equal(sent switch { "br" => "as brotli", "gzip" => "as gzip", _ => BuiltSite.Script }, await answer.Content.ReadAsStringAsync());
        Assert.Equal("text/javascript; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
    }

    [Fact]
    public async Task Each_form_has_a_tag_of_its_own()
    {
        var tags = new List<string?>();
        foreach (var encoding in (string[])["identity", "gzip", "br"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/assets/main-Ab1_.js");
            request.Headers.TryAddWithoutValidation("Accept-Encoding", encoding);
            using var answer = await _server.Http.SendAsync(request);
            tags.Add(answer.Headers.ETag?.Tag);
        }

        Assert.Equal(3, tags.Distinct().Count());
    }

    [Fact]
    public async Task What_has_no_compressed_form_is_sent_as_it_is()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/assets/icon.svg");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "br, gzip");
        using var answer = await _server.Http.SendAsync(request);
        Assert.Equal((HttpStatusCode.OK, "image/svg+xml", 0), (answer.StatusCode, answer.Content.Headers.ContentType?.ToString(), answer.Content.Headers.ContentEncoding.Count));
    }

    [Theory]
    [InlineData("/workspace")]
    [InlineData("/assets/main-Ab1_.js")]
    public async Task Head_tells_what_get_would(string address)
    {
        using var get = await _server.Http.GetAsync(address);
        using var head = await _server.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, address));
        Assert.Equal(
            (get.StatusCode, get.Headers.ETag, get.Content.Headers.ContentLength, CacheControl(get)),
            (head.StatusCode, head.Headers.ETag, head.Content.Headers.ContentLength, CacheControl(head)));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/assets/../secret.txt")]
    [InlineData("/assets/%2e%2e/secret.txt")]
    [InlineData("/assets/..%2fsecret.txt")]
    [InlineData("/assets/..%5csecret.txt")]
    [InlineData("/assets/%2e%2e%2f%2e%2e%2fetc%2fpasswd")]
    [InlineData("/assets//etc/passwd")]
    [InlineData("/assets/main-Ab1_.js%00.svg")]
    [InlineData("/assets/link.txt")]
    [InlineData("/assets/.hidden.js")]
    [InlineData("/assets/notes.md")]
    [InlineData("/assets/main-Ab1_.js.br")]
    [InlineData("/assets/")]
    [InlineData("/assets/gone.js")]
    public async Task Nothing_else_is_served(string address)
    {
        var secret = Path.Combine(Path.GetDirectoryName(_site.Folder)!, "secret.txt");
        _site.Write("secret.txt", "a secret beside the assets");
        File.CreateSymbolicLink(Path.Combine(_site.Folder, "assets/link.txt"), Path.Combine(_site.Folder, "secret.txt"));

        var answer = await RawGetAsync(address);

        Assert.DoesNotContain(" 200 ", answer.Split('\n')[0]);
        Assert.DoesNotContain("secret beside", answer);
        Assert.DoesNotContain("root:", answer);
        Assert.DoesNotContain("hidden", answer);
        Assert.False(File.Exists(secret));
    }

    [Fact]
    public async Task A_file_that_is_built_anew_is_served_anew()
    {
        Assert.Equal(BuiltSite.Script, await _server.Http.GetStringAsync("/window.js"));
        var file = _site.Write("window.js", "anew");
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddSeconds(5));
        Assert.Equal("anew", await _server.Http.GetStringAsync("/window.js"));
    }

    [Fact]
    public async Task A_large_file_is_served_from_the_disk_also_in_parts()
    {
        var content = new string('x', SiteFolder.LargestKept) + "the end";
        _site.Write("assets/large.txt", content);
        Assert.Equal(content, await _server.Http.GetStringAsync("/assets/large.txt"));

        using var request = new HttpRequestMessage(HttpMethod.Get, "/assets/large.txt");
        request.Headers.Range = new(SiteFolder.LargestKept, null);
        using var part = await _server.Http.SendAsync(request);
        Assert.Equal((HttpStatusCode.PartialContent, "the end"), (part.StatusCode, await part.Content.ReadAsStringAsync()));
    }

    [Theory]
    [InlineData("POST", "/workspace")]
    [InlineData("PUT", "/window.js")]
    [InlineData("DELETE", "/assets/main-Ab1_.js")]
    public async Task Pages_are_only_read(string method, string address) =>
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await _server.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), address))).StatusCode);

    [Theory]
    [InlineData("")]
    [InlineData("/nowhere/at/all")]
    public async Task A_server_without_pages_runs_and_says_so(string folder)
    {
        await using var server = await TestServer.StartAsync(options => options.Site = folder);
        using var answer = await server.Http.GetAsync("/workspace");

        Assert.Equal((HttpStatusCode.NotFound, "text/plain; charset=utf-8"), (answer.StatusCode, answer.Content.Headers.ContentType?.ToString()));
        Assert.Contains("built without its pages", await answer.Content.ReadAsStringAsync());
        Assert.Equal("ok\n", await server.Http.GetStringAsync("/healthz"));
    }

    private static string Header(HttpResponseMessage answer, string name) => answer.Headers.GetValues(name).Single();

    private static string? CacheControl(HttpResponseMessage answer) => answer.Headers.TryGetValues("Cache-Control", out var values) ? values.Single() : null;

    // What HttpClient would tidy up on its way.
    private async Task<string> RawGetAsync(string address)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _server.Bound.Http.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {address} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        return await new StreamReader(stream, Encoding.Latin1).ReadToEndAsync();
    }
}
