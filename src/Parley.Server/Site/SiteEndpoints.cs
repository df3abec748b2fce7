using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Parley.Server.Site;

/// <summary>The agent workspace, the consumer window, the message builder and, in demo mode, the shop that shows the window.</summary>
/// <param name="folder">What the build made of them.</param>
/// <param name="reports">Gets what browsers report.</param>
/// <param name="demo">Tells the demo's logins; null when the server is not in demo mode.</param>
internal sealed class SiteEndpoints(SiteFolder folder, CspReports reports, DemoLogins? demo)
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public void Map(IEndpointRouteBuilder routes)
    {
        Read("/", demo is null ? ToWorkspace : context => ServeAsync(context, "shop/index.html", SiteHeaders.Page));
        foreach (var page in (string[])["workspace", "builder"])
        {
            // What follows is for the page to understand.
            Read($"/{page}/{{**rest}}", context => ServeAsync(context, $"{page}/index.html", SiteHeaders.Page));
        }

        Read("/window.js", context => ServeAsync(context, "window.js", SiteHeaders.Embedded));
        Read("/favicon.ico", context => ServeAsync(context, "favicon.ico", SiteHeaders.Named));
        Read("/favicon.svg", context => ServeAsync(context, "favicon.svg", SiteHeaders.Named));
        Read("/assets/{**name}", context => ServeAsync(context, $"assets/{context.Request.RouteValues["name"]}", SiteHeaders.Asset));
        routes.MapPost(CspReports.Path, (RequestDelegate)reports.ReceiveAsync);
        if (demo is not null) routes.MapGet("/demo.json", (RequestDelegate)demo.AnswerAsync);

        void Read(string path, RequestDelegate answer) => routes.MapMethods(path, Reading, answer);
    }

    private static Task ToWorkspace(HttpContext context)
    {
        context.Response.Redirect("/workspace");
        return Task.CompletedTask;
    }

    private async Task ServeAsync(HttpContext context, string path, Action<IHeaderDictionary> headers)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (SiteType.Of(path) is not { } type || await ChosenAsync(context, path) is not { } file)
        {
            await MissingAsync(context);
            return;
        }

        headers(context.Response.Headers);
        context.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (file.Encoding is not null) context.Response.Headers.ContentEncoding = file.Encoding;
        var tag = new EntityTagHeaderValue(file.Tag);
        IResult result = file.Bytes is { } bytes
            ? TypedResults.Bytes(bytes, type, enableRangeProcessing: true, entityTag: tag)
            : TypedResults.PhysicalFile(file.Path, type, enableRangeProcessing: true, entityTag: tag);
        await result.ExecuteAsync(context);
    }

    private async ValueTask<SiteFile?> ChosenAsync(HttpContext context, string path)
    {
        foreach (var encoding in AcceptedEncoding.Of(context.Request.Headers.AcceptEncoding))
        {
            if (await folder.FindAsync(path, encoding, context.RequestAborted) is { } compressed) return compressed;
        }

        return await folder.FindAsync(path, null, context.RequestAborted);
    }

    private Task MissingAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(
            folder.Exists ? "There is no such file.\n" : "This server was built without its pages. See docs/operations.md, \"The pages\".\n", context.RequestAborted);
    }
}
