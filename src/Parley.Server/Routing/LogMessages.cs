using Microsoft.Extensions.Logging;

namespace Parley.Server.Routing;

internal static partial class LogMessages
{
    [LoggerMessage(3000, LogLevel.Error, "Conversation {ConversationId} cannot be routed")]
    public static partial void RoutingFailed(ILogger logger, Exception exception, string conversationId);
}
