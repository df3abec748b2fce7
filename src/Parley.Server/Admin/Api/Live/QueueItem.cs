using System.ComponentModel;
using Parley.Conversations.Routing;
using Parley.Server.Identity;

namespace Parley.Server.Admin.Api.Live;

/// <summary>A conversation that waits for an agent.</summary>
/// <param name="SkillId">The skill in charge; null for none.</param>
/// <param name="HandedTo">The agent it waits for alone; null for anybody.</param>
/// <param name="Ringing">Who is being rung.</param>
public sealed record QueueItem(
    string ConversationId,
    string ConsumerId,
    string? SkillId,
    [property: Description("Since when it waits, epoch milliseconds.")] long Since,
    long WaitedSeconds,
    [property: Description("When it is to be answered, epoch milliseconds.")] long Due,
    bool Overdue,
    Urgency Class,
    [property: Description("1 for the next one of its skill.")] int Position,
    [property: Description("How long it probably waits from now; null while nothing is known.")] long? EstimatedWaitSeconds,
    AgentRef? HandedTo,
    IReadOnlyList<AgentRef> Ringing)
{
    internal static QueueItem Of(QueuePlace place, long now, AgentDirectory directory)
    {
        var conversation = place.Conversation;
        return new(
            conversation.Id, conversation.ConsumerId, conversation.SkillId, place.Key.Since, Math.Max(0, now - place.Key.Since) / 1000, place.Key.Due, place.IsOverdue,
            (Urgency)place.Key.Class, place.Position, place.EstimatedWait / 1000,
            place.HandedTo is { } agent ? AgentRef.Of(directory, conversation.AccountId, agent) : null,
            [.. place.RingsFor.Select(pid => AgentRef.Of(directory, conversation.AccountId, pid))]);
    }
}
