using System.Diagnostics.Metrics;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Parley.Server.Identity;

namespace Parley.Server.Site;

/// <summary>
/// What browsers report of things that the pages' policy kept from happening. Anybody may post here: all are counted, a few are
/// logged, and nothing of a report is kept but the directive and the host.
/// </summary>
internal sealed class CspReports : IDisposable
{
    public const string Path = "/csp-report";

    private const int LongestReport = 16 * 1024;
    private const int LoggedAtOnce = 10;

    private readonly Meter _meter = new("Parley.Site");
    private readonly FailureLimiter _logged;
    private readonly ILogger<CspReports> _log;
    private long _count;

    public CspReports(TimeProvider time, ILogger<CspReports> log)
    {
        (_log, _logged) = (log, new FailureLimiter(LoggedAtOnce, TimeSpan.FromMinutes(1), time));
        _meter.CreateObservableCounter("parley.site.csp.reports", () => Volatile.Read(ref _count), description: "Reports of browsers about the content security policy");
    }

    public async Task ReceiveAsync(HttpContext context)
    {
        Interlocked.Increment(ref _count);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        if (_logged.IsExhausted("")) return;
        _logged.Count("");
        var (directive, blocked) = await ReadAsync(context);
        LogMessages.PolicyViolated(_log, directive, blocked);
    }

    public void Dispose() => _meter.Dispose();

    private static async Task<(string Directive, string Blocked)> ReadAsync(HttpContext context)
    {
        try
        {
            using var report = JsonDocument.Parse(await BeginningAsync(context.Request.Body, context.RequestAborted));
            // One of report-uri, or a list of the Reporting API.
            var body = report.RootElement.ValueKind == JsonValueKind.Array ? report.RootElement[0].GetProperty("body") : report.RootElement.GetProperty("csp-report");
            return (DirectiveOf(Text(body, "effective-directive") ?? Text(body, "effectiveDirective") ?? Text(body, "violated-directive")),
                BlockedOf(Text(body, "blocked-uri") ?? Text(body, "blockedURL")));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            return ("?", "?");
        }
    }

    private static async Task<ReadOnlyMemory<byte>> BeginningAsync(Stream body, CancellationToken cancellation)
    {
        var bytes = new byte[LongestReport];
        return bytes.AsMemory(0, await body.ReadAtLeastAsync(bytes, LongestReport, throwOnEndOfStream: false, cancellation));
    }

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    private static string DirectiveOf(string? text) => text?.Split(' ')[0] is { Length: > 0 and <= 40 } name && name.All(IsOfWord) ? name : "?";

    // A keyword like inline or eval, or an address, of which the host is told.
    private static string BlockedOf(string? text) =>
        text is { Length: > 0 and <= 40 } && text.All(IsOfWord) ? text
        : Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.IdnHost is { Length: > 0 and <= 253 } host && host.All(c => IsOfWord(c) || char.IsAsciiDigit(c) || c is '.' or ':') ? host
        : "?";

    private static bool IsOfWord(char c) => char.IsAsciiLetter(c) || c == '-';
}
