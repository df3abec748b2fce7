using System.Data.Common;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Parley.Server.Hosting;

/// <summary>Storage trouble is 503 everywhere: nothing was stored, the client may try again.</summary>
internal sealed class StorageFailures(RequestDelegate next, ILogger logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (DbException e) when (!context.Response.HasStarted)
        {
            LogMessages.StorageFailed(logger, e is SqliteException { SqliteErrorCode: var code } ? $"SQLite {code}" : e.SqlState, e);
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }
}
