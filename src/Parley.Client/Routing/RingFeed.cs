using System.Text.Json;
using Parley.Protocol;

namespace Parley.Client;

/// <summary>The rings of one agent.</summary>
internal sealed class RingFeed(string requestType, string account, Func<string?> self) : SubscriptionFeed<Ring>(r => r.Id)
{
    protected override string RequestType => requestType;

    protected override bool IsMine(string notificationType) => notificationType is TypeNames.RoutingTaskNotificationV2 or TypeNames.RoutingTaskNotification;

    protected override void WriteBody(Utf8JsonWriter body)
    {
        body.WriteString("brandId", account);
        body.WriteString("agentId", self());
        body.WriteString("channelType", "MESSAGING");
    }

    protected override void Take(IEnumerable<JsonElement> changes, bool isSnapshot)
    {
        foreach (JsonElement task in changes.Select(c => c.Member("result")))
            foreach (JsonElement ring in task.Member("ringsDetails").Items()) Queue.Post(Ring.Read(ring, task));
    }
}
