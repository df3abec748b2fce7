using Microsoft.Extensions.Logging;

namespace Parley.Accounts.Postgres;

/// <summary>Events 4100-4199.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(4100, LogLevel.Error, "Changes of accounts made on other nodes cannot be read; what is known goes on being used")]
    public static partial void StoreIsAway(ILogger logger, Exception exception);

    [LoggerMessage(4101, LogLevel.Information, "Changes of accounts made on other nodes can be read again")]
    public static partial void StoreIsBack(ILogger logger);

    [LoggerMessage(4102, LogLevel.Error, "What deleted files and interrupted uploads left could not be removed")]
    public static partial void SweepFailed(ILogger logger, Exception exception);
}
