using System.Text.Json.Nodes;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Gateway;

/// <summary>What travels beside a publish, and what the structure of cards must be.</summary>
public sealed class RequestMetadataTests(MessagingServer server)
{
    private const string EventV2 = ".ams.ms.OnlineEventDistribution";
    private const string EventV3 = "ms.MessagingEventNotification";
    private const string Text = """{"type":"ContentEvent","contentType":"text/plain","message":"Hello"}""";

    [Theory]
    [InlineData("""[{"type":"ExternalId","id":"card-1"},{"type":"NewType","deep":{"x":[1,null,"\u00e9"]}},{}]""", null)]
    [InlineData("""{"type":"ExternalId","id":"card-1"}""", """[{"type":"ExternalId","id":"card-1"}]""")]
    public async Task Metadata_of_every_type_arrives_as_a_list_live_in_replays_and_in_queries(string metadata, string? expected)
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());
        await talk.Consumer.DoAsync("ms.SubscribeMessagingEvents", $$"""{"dialogId":"{{talk.ConversationId}}"}""");

        await PublishAsync(talk.Consumer, "ms.PublishEvent", talk, Text, $$""","metadata":{{metadata}},"encodedMetadata":"b3BhcXVl\"" """);
        await PublishAsync(talk.Agent, ".ams.ms.PublishEvent", talk, Text, $$""","metadata":{{metadata}}""");

        var wanted = JsonNode.Parse(expected ?? metadata);
        var toAgent = (await talk.Agent.NotificationAsync(EventV2, f => (int?)f.Body!["sequence"] == 0)).Body!;
        var toConsumer = (await talk.Consumer.NotificationAsync(EventV3, f => (int?)f.Change?["sequence"] == 0)).Change!;
        var queried = (await talk.Agent.DoAsync(".ams.ms.QueryMessages", $$"""{"dialogId":"{{talk.ConversationId}}"}""")).Body![0]!;
        foreach (var change in new[] { toAgent, toConsumer, queried })
        {
            Assert.True(JsonNode.DeepEquals(wanted, change["metadata"]), change.ToJsonString());
            Assert.Equal("b3BhcXVl\"", (string?)change["encodedMetadata"]);
        }

        var plain = (await talk.Consumer.NotificationAsync(EventV3, f => (int?)f.Change?["sequence"] == 1)).Change!;
        Assert.True(JsonNode.DeepEquals(wanted, plain["metadata"]));
        Assert.Null(plain["encodedMetadata"]);
    }

    [Fact]
    public async Task A_chat_state_carries_its_metadata_too()
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());

        await PublishAsync(talk.Consumer, "ms.PublishEvent", talk, """{"type":"ChatStateEvent","chatState":"COMPOSING"}""", ""","metadata":[{"type":"New"}],"encodedMetadata":"x" """);

        var state = (await talk.Agent.NotificationAsync(EventV2, f => (string?)f.Body!["event"]!["type"] == "ChatStateEvent")).Body!;
        Assert.Equal(("""[{"type":"New"}]""", "x"), (state["metadata"]!.ToJsonString(), (string?)state["encodedMetadata"]));
    }

    [Fact]
    public async Task What_came_beside_a_message_outlives_the_server()
    {
        var folder = Directory.CreateTempSubdirectory("parley-metadata-").FullName;
        string jwt, conversation;
        await using (var first = await MessagingServer.StartAsync(options => options.Data = folder))
        {
            jwt = await first.SignupAsync("demo");
            await using var consumer = await first.ConsumerAsync("demo", jwt);
            conversation = await Talk.OpenConversationAsync(consumer);
            await PublishAsync(consumer, "ms.PublishEvent", new Talk(consumer, consumer, conversation), Text, ""","metadata":{"type":"New"},"encodedMetadata":"opaque" """);
        }

        await using (var second = await MessagingServer.StartAsync(options => options.Data = folder))
        {
            await using var consumer = await second.ConsumerAsync("demo", jwt);
            var stored = (await consumer.DoAsync("ms.QueryMessages", $$"""{"dialogId":"{{conversation}}"}""")).Body![0]!;
            Assert.Equal(("""[{"type":"New"}]""", "opaque"), (stored["metadata"]!.ToJsonString(), (string?)stored["encodedMetadata"]));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("\"metadata\":\"text\"")]
    [InlineData("\"metadata\":[7]")]
    [InlineData("\"encodedMetadata\":[]")]
    public async Task Other_forms_are_refused_and_nothing_is_published(string member)
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());

        foreach (var (client, type) in new[] { (talk.Consumer, "ms.PublishEvent"), (talk.Agent, ".ams.ms.PublishEvent") })
        {
            await client.SendAsync($$"""{"id":"m","type":"{{type}}",{{member}},"body":{"dialogId":"{{talk.ConversationId}}","event":{{Text}} } }""");
            Assert.Equal(400, (await client.AnswerAsync("m")).Code);
            Assert.Equal("[]", (await client.DoAsync("ms.QueryMessages", $$"""{"dialogId":"{{talk.ConversationId}}"}""")).Body!.ToJsonString());
        }
    }

    [Theory]
    [InlineData("content")]
    [InlineData("message")]
    public async Task A_card_arrives_as_it_was_published(string member)
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());
        var card = $$$"""{"type":"RichContentEvent","{{{member}}}":{"type":"vertical","new":{"a":1.0},"elements":[{"type":"newElement","x":7},{"type":"button","title":"Go","click":{"actions":[{"type":"link","uri":"https://example.test"}]}}]},"quickReplies":{"type":"quickReplies","itemsPerRow":2,"replies":[{"type":"button","title":"Yes"}]}}""";

        await PublishAsync(talk.Agent, ".ams.ms.PublishEvent", talk, card);
        await talk.Consumer.DoAsync("ms.SubscribeMessagingEvents", $$"""{"dialogId":"{{talk.ConversationId}}","fromSeq":0}""");

        Assert.Contains(card, (await talk.Consumer.NotificationAsync(EventV3)).Text);
    }

    [Theory]
    [InlineData("""{"type":"RichContentEvent","content":{"type":"vertical","elements":[{"type":"text","text":"x"},{"type":"button"}]}}""", "event.content.elements[1].title is missing")]
    [InlineData("""{"type":"RichContentEvent","message":{"type":"vertical","elements":{"type":"text","text":"x"}}}""", "event.message.elements must be a list")]
    [InlineData("""{"type":"ContentEvent","contentType":"text/plain","message":"x","quickReplies":{"type":"quickReplies","replies":[7]}}""", "event.quickReplies.replies[0] must be an object")]
    [InlineData("""{"type":"ContentEvent","contentType":"forms/secure-invitation","message":{"formId":"f"}}""", "event.message.invitationId is missing")]
    public async Task What_clients_would_stumble_over_is_refused_on_both_sockets(string content, string details)
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());

        foreach (var client in new[] { talk.Consumer, talk.Agent })
        {
            var answer = await client.RequestAsync("ms.PublishEvent", $$"""{"dialogId":"{{talk.ConversationId}}","event":{{content}} }""");
            Assert.Equal((400, details), (answer.Code, (string?)answer.Body!["details"]));
            await client.PublishAsync(talk.ConversationId, "still here");
        }
    }

    private static async Task PublishAsync(WireClient client, string type, Talk talk, string content, string members = "")
    {
        var id = client.NewId();
        await client.SendAsync($$"""{"id":"{{id}}","type":"{{type}}"{{members}},"body":{"dialogId":"{{talk.ConversationId}}","event":{{content}} } }""");
        Assert.Equal(200, (await client.AnswerAsync(id)).Code);
    }
}
