using Parley.Protocol.Envelope;
using Parley.Protocol.Records;

namespace Parley.Protocol.Dialects;

/// <summary>Writes rings and agent states (protocol 12.2-12.4).</summary>
public static class RoutingNotifications
{
    /// <summary>The rings a subscription is told of: all waiting ones at first, then each that changes.</summary>
    public static PayloadWriter Tasks(PayloadWriter writer, Dialect dialect, string subscriptionId, IReadOnlyList<RingRecord> rings)
    {
        Begin(writer, dialect == Dialect.V3 ? TypeNames.RoutingTaskNotification : TypeNames.RoutingTaskNotificationV2, subscriptionId);
        for (var i = 0; i < rings.Count; i++)
        {
            if (i > 0) writer.Raw(","u8);
            Task(writer, dialect, rings[i]);
        }

        return writer.Raw("]}}"u8);
    }

    /// <summary>The state of an agent.</summary>
    public static PayloadWriter AgentState(PayloadWriter writer, Dialect dialect, string subscriptionId, AgentStateRecord state) =>
        Begin(writer, dialect == Dialect.V3 ? TypeNames.AgentStateNotification : TypeNames.AgentStateNotificationV2, subscriptionId)
            .Raw("{\"type\":\"UPSERT\",\"result\":{\"channels\":[\"MESSAGING\"],\"availability\":"u8).Quoted(state.Availability)
            .Raw(",\"description\":"u8).Quoted(state.Description).Raw(",\"agentUserId\":"u8).Quoted(state.Agent.OldId).Raw("}}]}}"u8);

    /// <summary>The deprecated twin that old Java bots look at; v2 sockets get it without a subscription.</summary>
    public static PayloadWriter RingUpdated(PayloadWriter writer, RingRecord ring)
    {
        writer.Raw("{\"kind\":\"notification\",\"type\":\".ams.routing.RingUpdated\",\"body\":{\"ringId\":"u8).Quoted(ring.RingId)
            .Raw(",\"ringState\":"u8).Quoted(ring.RingState);
        return Common(writer, ring).Raw("}}"u8);
    }

    private static PayloadWriter Begin(PayloadWriter writer, string type, string subscriptionId) =>
        writer.Raw("{\"kind\":\"notification\",\"type\":"u8).Quoted(type).Raw(",\"body\":{\"subscriptionId\":"u8).Quoted(subscriptionId)
            .Raw(",\"changes\":["u8);

    private static void Task(PayloadWriter writer, Dialect dialect, RingRecord ring)
    {
        var isCompleted = ring.RingState is "ACCEPTED" or "AUTO_ACCEPT";
        writer.Raw("{\"type\":\"UPSERT\",\"result\":{\"taskCompleted\":"u8).Boolean(isCompleted)
            .Raw(",\"routingTaskId\":"u8).Quoted(ring.ConversationId).Raw(",\"conversationId\":"u8).Quoted(ring.ConversationId)
            .Raw(",\"consumerId\":"u8).Quoted(ring.ConsumerId).Raw(",\"skillId\":"u8).Quoted(ring.SkillId).Raw(",\"brandId\":"u8).Quoted(ring.BrandId)
            .Raw(",\"assignedAgentId\":"u8).Quoted(ring.Agent.In(dialect))
            .Raw(",\"ringsDetails\":[{\"ringId\":"u8).Quoted(ring.RingId).Raw(",\"ringState\":"u8).Quoted(ring.RingState)
            .Raw(",\"ringExpiration\":"u8).Number(ring.RingExpiration).Raw(",\"ringExpirationTs\":"u8).Number(ring.RingExpirationTs)
            .Raw(",\"weight\":"u8).Number(ring.Weight).Raw(",\"brandId\":"u8).Quoted(ring.BrandId);
        Common(writer, ring).Raw("}]}}"u8);
    }

    private static PayloadWriter Common(PayloadWriter writer, RingRecord ring) =>
        writer.Raw(",\"convId\":"u8).Quoted(ring.ConversationId).Raw(",\"consumerId\":"u8).Quoted(ring.ConsumerId).Raw(",\"skillId\":"u8).Quoted(ring.SkillId);
}
