using Microsoft.Extensions.Logging;

namespace Parley.Server.Lifecycle;

internal static partial class LogMessages
{
    [LoggerMessage(801, LogLevel.Error, "Looking for silent conversations failed")]
    public static partial void AutoCloseFailed(ILogger logger, Exception exception);
}
