using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Parley.Cluster.Between;

/// <summary>Events 6100-6199.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(6100, LogLevel.Error, "What {Node} said could not be heard: {Kind}")]
    public static partial void NotHeard(ILogger logger, Exception e, ItemKind kind, SiloAddress node);

    [LoggerMessage(6101, LogLevel.Error, "What had waited could not be carried out on conversation {ConversationId}")]
    public static partial void NotCarriedOut(ILogger logger, Exception e, string conversationId);
}
