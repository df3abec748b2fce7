using Microsoft.Extensions.Logging;

namespace Parley.Server.Hosting;

/// <summary>Events 1000-1099.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1000, LogLevel.Information, "Listening on http://{Http} and https://{Https}")]
    public static partial void Listening(ILogger logger, ListenAddress http, ListenAddress https);

    [LoggerMessage(1001, LogLevel.Information, "Stopping")]
    public static partial void Stopping(ILogger logger);

    [LoggerMessage(1002, LogLevel.Error, "The account store failed: {Code}")]
    public static partial void StorageFailed(ILogger logger, string? code, Exception exception);

    [LoggerMessage(1003, LogLevel.Warning, "RATE LIMITS ARE OFF: for measuring only, never for a server that others reach")]
    public static partial void RateLimitsOff(ILogger logger);

    [LoggerMessage(1004, LogLevel.Warning, "THE JOURNAL IS OFF: NOTHING IS KEPT. For measuring only")]
    public static partial void JournalOff(ILogger logger);

    [LoggerMessage(1005, LogLevel.Warning, "The path {Path} cannot stand in lp.env without quotes; NODE_EXTRA_CA_CERTS is left out")]
    public static partial void PathNeedsQuotes(ILogger logger, string path);
}
