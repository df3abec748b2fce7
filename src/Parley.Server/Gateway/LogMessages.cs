using Microsoft.Extensions.Logging;
using Parley.Protocol;
using Parley.Protocol.Codes;

namespace Parley.Server.Gateway;

internal static partial class LogMessages
{
    [LoggerMessage(2101, LogLevel.Error, "Request {Verb} on socket {ConnectionId} failed")]
    public static partial void RequestFailed(ILogger logger, Exception exception, Verb verb, long connectionId);

    [LoggerMessage(2102, LogLevel.Debug, "Socket {ConnectionId} of account {AccountId} opened, dialect {Dialect}")]
    public static partial void SocketOpened(ILogger logger, long connectionId, string accountId, Dialect dialect);

    [LoggerMessage(2103, LogLevel.Debug, "Socket {ConnectionId} ended, closed by the server with {Code}")]
    public static partial void SocketEnded(ILogger logger, long connectionId, CloseCode? code);

    [LoggerMessage(2104, LogLevel.Error, "Socket {ConnectionId} failed")]
    public static partial void SocketFailed(ILogger logger, Exception exception, long connectionId);
}
