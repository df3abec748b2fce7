using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Parley.Server.Configuration;

/// <summary>The revision as clients keep and compare it (protocol 22): with or without the quotes of an entity tag.</summary>
internal static class ConditionalAnswer
{
    /// <summary>Writes the headers of a revision; the status to answer with.</summary>
    public static int Begin(HttpContext context, long revision)
    {
        var number = revision.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.ETag = $"\"{number}\"";
        context.Response.Headers["ac-revision"] = number;
        return Names(context.Request.Headers.IfMatch.ToString(), number) is false ? StatusCodes.Status412PreconditionFailed
            : Names(context.Request.Headers.IfNoneMatch.ToString(), number) is true ? StatusCodes.Status304NotModified
            : StatusCodes.Status200OK;
    }

    // Null when the header was not sent.
    private static bool? Names(string header, string number) => header.Length == 0 ? null
        : header.Split(',', StringSplitOptions.TrimEntries).Any(tag => tag == "*" || (tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag).Trim('"') == number);
}
