using Parley.Conversations;
using Parley.Protocol;
using Parley.Protocol.Dialects;
using Parley.Protocol.Records;
using Parley.Server.Gateway;
using Parley.Server.Gateway.Frames;
using Parley.Server.Identity;
using Parley.Server.Ownership;

namespace Parley.Server.Routing;

/// <summary>Tells agents of their rings (protocol 12.4).</summary>
internal sealed class RingFanOut(Connections connections, AgentDirectory agents)
{
    /// <summary>A ring was offered or ended.</summary>
    public void Deliver(Conversation conversation, Ring ring)
    {
        var record = Record(conversation, ring);
        foreach (var connection in connections.OfAgent(conversation.AccountId, ring.AgentId).Open)
        {
            foreach (var subscriptionId in connection.Routing.Tasks)
                connection.Notify(ServerFrame.Seal(RoutingNotifications.Tasks(Scratch.Notification, connection.Dialect, subscriptionId, [record])));
            if (connection.Dialect != Dialect.V3) connection.Notify(ServerFrame.Seal(RoutingNotifications.RingUpdated(Scratch.Notification, record)));
        }
    }

    public RingRecord Record(Conversation conversation, Ring ring) => new()
    {
        RingId = ring.Id,
        RingState = WireNames.Of(ring.State),
        ConversationId = conversation.Id,
        ConsumerId = conversation.ConsumerId,
        SkillId = conversation.SkillId ?? "-1",
        BrandId = conversation.AccountId,
        Agent = new UserName(ring.AgentId, agents.Find(conversation.AccountId, ring.AgentId)?.OldId ?? ring.AgentId),
        RingExpiration = ring.ExpiresTs - ring.OfferedTs,
        RingExpirationTs = ring.ExpiresTs,
        Weight = conversation.EffectiveTtr >= 0 ? conversation.EffectiveTtr : conversation.Origin.Timestamp + conversation.Ttr.Seconds * 1000L,
    };
}
