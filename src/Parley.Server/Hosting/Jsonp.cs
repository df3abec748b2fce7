using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Parley.Server.Hosting;

/// <summary>JSON wrapped in a call, for pages that load it as a script.</summary>
internal static partial class Jsonp
{
    /// <summary>The function to call: the one asked for, <c>callback</c> when none is, null when the name could smuggle code.</summary>
    public static string? CallbackOf(HttpContext context, string parameter)
    {
        var asked = (string?)context.Request.Query[parameter];
        return string.IsNullOrEmpty(asked) ? "callback" : JavaScriptName.IsMatch(asked) ? asked : null;
    }

    public static Task AnswerAsync<T>(HttpContext context, string callback, T value, JsonTypeInfo<T> type)
    {
        context.Response.ContentType = "application/javascript; charset=utf-8";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return context.Response.WriteAsync($"{callback}({JsonSerializer.Serialize(value, type)})", context.RequestAborted);
    }

    [GeneratedRegex(@"^[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*\z", RegexOptions.ECMAScript)]
    private static partial Regex JavaScriptName { get; }
}
