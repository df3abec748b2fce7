using Microsoft.Extensions.Logging;

namespace Parley.Server.Site;

/// <summary>Events 5000-5099.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(5000, LogLevel.Warning, "A browser kept {Blocked} out of a page by {Directive} of the content security policy")]
    public static partial void PolicyViolated(ILogger logger, string directive, string blocked);

    [LoggerMessage(5001, LogLevel.Information, "There are no pages in {Folder}: /workspace, /builder and /window.js are not served")]
    public static partial void NoPages(ILogger logger, string folder);
}
