using Microsoft.Extensions.Logging;

namespace Parley.Server.Files;

/// <summary>Events 4000-4099. Never a path: it says where a file is.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(4000, LogLevel.Information, "{Count} files were deleted that nobody had shared")]
    public static partial void UnsharedDeleted(ILogger logger, int count);

    [LoggerMessage(4001, LogLevel.Error, "Unshared files could not be deleted")]
    public static partial void DeletingFailed(ILogger logger, Exception exception);

    [LoggerMessage(4002, LogLevel.Error, "The file store of account {Account} has trouble")]
    public static partial void StoreFailed(ILogger logger, string account, Exception exception);
}
