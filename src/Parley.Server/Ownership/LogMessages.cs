using Microsoft.Extensions.Logging;

namespace Parley.Server.Ownership;

internal static partial class LogMessages
{
    [LoggerMessage(3501, LogLevel.Error, "The working hours of account {AccountId} cannot be read; it counts as open")]
    public static partial void HoursUnreadable(ILogger logger, Exception exception, string accountId);

    [LoggerMessage(3502, LogLevel.Error, "What may have been missed of other nodes could not be looked at; it is tried again")]
    public static partial void NotLookedAt(ILogger logger, Exception exception);
}
