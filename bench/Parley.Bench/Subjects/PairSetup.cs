using System.Text.Json;
using System.Text.Json.Nodes;
using Parley.Bench.Load;

namespace Parley.Bench.Subjects;

/// <summary>Brings pairs together as real programs would: agents log in and go online, consumers ask for a conversation, rings are accepted.</summary>
internal static class PairSetup
{
    /// <summary>Path of the messaging sockets.</summary>
    public const string Sockets = $"/ws_api/account/{ParleyApi.Account}/messaging";

    /// <summary>Makes pairs that are ready to publish.</summary>
    /// <param name="server">Where.</param>
    /// <param name="api">Of that server.</param>
    /// <param name="count">How many.</param>
    /// <param name="publishBytes">Size of the JSON of a publish.</param>
    /// <param name="meter">Of the pairs.</param>
    /// <param name="agents">What their logins begin with.</param>
    public static Task<Pair[]> CreateAsync(ParleyProcess server, ParleyApi api, int count, int publishBytes, LoadMeter meter, string agents = "bench") =>
        CreateAsync([server], api, count, publishBytes, meter, agents);

    /// <param name="nodes">Consumers take turns over them, and so do agents, one node further on.</param>
    /// <param name="api">Of one of them.</param>
    /// <inheritdoc cref="CreateAsync(ParleyProcess, ParleyApi, int, int, LoadMeter, string)"/>
    public static async Task<Pair[]> CreateAsync(IReadOnlyList<ParleyProcess> nodes, ParleyApi api, int count, int publishBytes, LoadMeter meter, string agents = "bench")
    {
        var pairs = new Pair[count];
        for (var i = 0; i < count; i++)
        {
            var agent = LeanSocket.Connect(nodes[(i + 1) % nodes.Count].Http, $"{Sockets}/brand?v=2", $"jwt {await api.NewAgentAsync($"{agents}-{i}", maxSlots: 1)}");
            var consumer = LeanSocket.Connect(nodes[i % nodes.Count].Http, $"{Sockets}/consumer?v=3", $"jwt {await api.NewConsumerAsync()}");
            pairs[i] = new Pair(consumer, agent, new ParleyWire(new PublishTemplate(Join(new RequestSocket(consumer), new RequestSocket(agent)), publishBytes)), meter);
        }

        return pairs;
    }

    // One after the other and with one slot each: when this agent goes online he is the only one with a free slot, and his
    // ring must be for this consumer's conversation.
    private static string Join(RequestSocket consumer, RequestSocket agent)
    {
        agent.Ask(".ams.routing.SubscribeRoutingTasks", new JsonObject { ["channelType"] = "MESSAGING", ["brandId"] = ParleyApi.Account });
        agent.Ask(".ams.routing.SetAgentState", new JsonObject { ["availability"] = "ONLINE", ["channels"] = new JsonArray("MESSAGING") });
        var conversationId = consumer.Ask("cm.ConsumerRequestConversation", []).GetProperty("conversationId").GetString()!;
        var ring = RingOf(agent.Await(notification => RingOf(notification) is { ValueKind: JsonValueKind.Object }));
        if (ring.GetProperty("convId").GetString() != conversationId) throw new IOException("The agent was rung for another conversation.");
        agent.Ask(".ams.routing.UpdateRingState", new JsonObject { ["ringId"] = ring.GetProperty("ringId").GetString(), ["ringState"] = "ACCEPTED" });
        consumer.Ask("ms.SubscribeMessagingEvents", new JsonObject { ["dialogId"] = conversationId, ["fromSeq"] = 0 });
        // Told that the dialog is empty, he is live: a journal that keeps nothing could not make up for what is published before.
        consumer.Await(notification => notification.GetProperty("type").GetString() == "ms.MessagingEventNotification");
        return conversationId;
    }

    /// <summary>The waiting ring that a routing task notification tells of, if any.</summary>
    private static JsonElement RingOf(JsonElement notification) =>
        notification.GetProperty("type").GetString() != ".ams.routing.RoutingTaskNotification" ? default
            : notification.GetProperty("body").GetProperty("changes").EnumerateArray()
                .SelectMany(change => change.GetProperty("result").GetProperty("ringsDetails").EnumerateArray())
                .FirstOrDefault(ring => ring.GetProperty("ringState").GetString() == "WAITING");
}
