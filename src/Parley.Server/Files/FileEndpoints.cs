using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Parley.Server.Hosting;
using Parley.Server.Identity;

namespace Parley.Server.Files;

/// <summary>The addresses that files are sent to and read from (protocol ch. 11): whoever holds a signed one may.</summary>
internal sealed class FileEndpoints(FileServices files, Accounts accounts, ILogger<FileEndpoints> log)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut(FilePath.Route, (RequestDelegate)PutAsync).RequireCors(Cors.Public);
        routes.MapGet(FilePath.Route, (RequestDelegate)GetAsync).RequireCors(Cors.Public);
    }

    private async Task PutAsync(HttpContext context)
    {
        if (!IsSigned(context, out var path, out var note) || files.FindAnnounced(path, note) is not { } announced)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else if (accounts.Find(path.AccountId) is not { } account)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        else if (context.Request.ContentLength > announced.Bytes || !account.Settings.HasRoomFor(announced.Bytes, files.Catalog.BytesOf(account.Id)))
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        }
        else if (!announced.TryTake())
        {
            context.Response.StatusCode = StatusCodes.Status409Conflict;
        }
        else
        {
            await ReceiveAsync(context, announced);
        }
    }

    private async Task ReceiveAsync(HttpContext context, Announcement announced)
    {
        // The announced size is the limit, whatever the listener's is.
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        try
        {
            context.Response.StatusCode = await files.ReceiveAsync(announced, context.Request.BodyReader, context.RequestAborted) switch
            {
                UploadOutcome.Stored => StatusCodes.Status201Created,
                UploadOutcome.TooLarge => StatusCodes.Status413PayloadTooLarge,
                UploadOutcome.Taken => StatusCodes.Status409Conflict,
                UploadOutcome.TooMany => StatusCodes.Status429TooManyRequests,
                _ => StatusCodes.Status415UnsupportedMediaType,
            };
        }
        catch (Exception e) when (IsOfStore(e, context))
        {
            LogMessages.StoreFailed(log, announced.Path.AccountId, e);
        }
        finally
        {
            if (context.Response.StatusCode != StatusCodes.Status201Created) announced.GiveBack();
        }
    }

    // Files come from strangers: a browser must neither show one as a page of this server nor guess what it is.
    private async Task GetAsync(HttpContext context)
    {
        if (!IsSigned(context, out var path, out _))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        Stream? content = null;
        try
        {
            content = accounts.Find(path.AccountId) is null ? null : await files.Store.OpenAsync(path, context.RequestAborted);
        }
        catch (Exception e) when (IsOfStore(e, context))
        {
            LogMessages.StoreFailed(log, path.AccountId, e);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        if (content is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers.CacheControl = "private";
        await Results.Stream(content, FileType.Find(path.Type)?.ContentType, path.Name, enableRangeProcessing: true).ExecuteAsync(context);
    }

    private bool IsSigned(HttpContext context, out FilePath path, out string? note)
    {
        note = null;
        return FilePath.TryParse(context.Request.Path.Value, out path)
            && files.Addresses.IsGood(context.Request.Method, path, context.Request.Query["temp_url_sig"].ToString(), context.Request.Query["temp_url_expires"].ToString(), out note);
    }

    // What the client did wrong, or that it went away, is the listener's to tell.
    private static bool IsOfStore(Exception e, HttpContext context) =>
        e is IOException and not BadHttpRequestException or UnauthorizedAccessException && !context.RequestAborted.IsCancellationRequested;
}
