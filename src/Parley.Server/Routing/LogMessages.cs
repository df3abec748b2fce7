using Microsoft.Extensions.Logging;

namespace Parley.Server.Routing;

internal static partial class LogMessages
{
    [LoggerMessage(3000, LogLevel.Error, "Conversation {ConversationId} cannot be routed")]
    public static partial void RoutingFailed(ILogger logger, Exception exception, string conversationId);

    [LoggerMessage(3002, LogLevel.Error, "A part of the routing of account {AccountId} failed")]
    public static partial void TurnFailed(ILogger logger, Exception exception, string accountId);

    [LoggerMessage(3003, LogLevel.Warning, "What happened today in account {AccountId} before the start is not in its statistics")]
    public static partial void TodayIsIncomplete(ILogger logger, Exception exception, string accountId);

    [LoggerMessage(3001, LogLevel.Warning, "The state of agent {AgentPid} was not kept; after a restart he has the one before")]
    public static partial void StateNotKept(ILogger logger, Exception exception, string agentPid);

    [LoggerMessage(3004, LogLevel.Warning, "What agents of account {AccountId} said to a node that has gone cannot be read")]
    public static partial void StatesNotRead(ILogger logger, Exception exception, string accountId);

    [LoggerMessage(3010, LogLevel.Warning, "Conversations of account {AccountId} wait for skill {SkillId} longer than the {Seconds} s they should; {Waiting} are waiting")]
    public static partial void WaitsTooLong(ILogger logger, string accountId, string skillId, long seconds, int waiting);

    [LoggerMessage(3011, LogLevel.Information, "No conversation of account {AccountId} waits for skill {SkillId} longer than it should any more; {Waiting} are waiting")]
    public static partial void WaitsNoLonger(ILogger logger, string accountId, string skillId, int waiting);
}
