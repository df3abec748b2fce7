using Parley.Journal.Memory;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Gateway;

/// <summary>One answer per request, in the order of the requests, whatever each of them waits for.</summary>
public sealed class AnswerOrderTests
{
    [Fact]
    [ClientRule(7)]
    [CompatibilityRule(4)]
    public async Task Quick_answers_wait_for_slow_ones_before_them()
    {
        var journal = new MemoryJournal();
        await using var server = await StartAsync(journal);
        await using var consumer = await server.ConsumerAsync("demo");
        await using var bystander = await server.ConsumerAsync("demo");
        var dialog = await Talk.OpenConversationAsync(consumer);
        await consumer.DoAsync("ms.SubscribeMessagingEvents", Dialog(dialog));
        await consumer.NotificationAsync("ms.MessagingEventNotification");
        var before = consumer.Frames.Count;
        journal.Hold();

        string[] types = ["ms.PublishEvent", "GetClock", "ms.QueryMessages", "ms.PublishEvent", "cm.Nothing", "cqm.SubscribeExConversations", "KeepAlive", "cm.UpdateConversationField"];
        await consumer.SendRawAsync([.. types.Select((type, i) => ClientFrame.Text(WireClient.Request($"r{i}", type, BodyOf(type, dialog))))]);
        await consumer.SendRawAsync(ClientFrame.Ping(1));
        await bystander.CatchUpAsync();
        Assert.Equal(before, consumer.Frames.Count);
        journal.Release();

        await consumer.AnswerAsync($"r{types.Length - 1}");
        var frames = consumer.Frames.Skip(before).ToList();
        Assert.Equal(types.Select((_, i) => $"r{i}"), frames.Where(f => f.Kind == "resp").Select(f => f.ReqId));
        foreach (var sequence in (int[])[0, 1])
        {
            var answer = frames.First(f => f.ReqId == (sequence == 0 ? "r0" : "r3"));
            Assert.Equal(sequence, (int)answer.Body!["sequence"]!);
            var notification = await consumer.NotificationAsync("ms.MessagingEventNotification", f => (int?)f.Change?["sequence"] == sequence);
            Assert.True(answer.Index < notification.Index, "A notification does not pass the answer of the request that caused it");
        }
    }

    [Fact]
    [ClientRule(7)]
    [CompatibilityRule(2)]
    public async Task Whatever_is_asked_in_whatever_order_each_request_gets_one_answer_in_its_turn()
    {
        var random = Seed.New();
        await using var server = await StartAsync(new MemoryJournal());
        for (var round = 0; round < Seed.Scale; round++) await AskAsync(server, random);
    }

    // One short dialog: its queries and replays grow with it, so that a long one would be all there is to do.
    private static async Task AskAsync(MessagingServer server, Random random)
    {
        await using var consumer = await server.ConsumerAsync("demo");
        var dialog = await Talk.OpenConversationAsync(consumer);
        await consumer.DoAsync("ms.SubscribeMessagingEvents", Dialog(dialog));
        string[] types = ["ms.PublishEvent", "ms.PublishEvent", "GetClock", "ms.QueryMessages", "cm.Nothing", "userprofile.GetUserProfile", "ms.SubscribeMessagingEvents", "ChatState"];
        var ids = new List<string>();

        for (var burst = 0; burst < 20; burst++)
        {
            var frames = new List<byte[]>();
            for (var n = random.Next(1, 40); n > 0; n--)
            {
                var type = types[random.Next(types.Length)];
                ids.Add($"q{ids.Count}");
                frames.Add(ClientFrame.Text(WireClient.Request(ids[^1], type == "ChatState" ? "ms.PublishEvent" : type, BodyOf(type, dialog))));
            }

            await consumer.SendRawAsync([.. frames]);
        }

        await consumer.AnswerAsync(ids[^1]);
        Assert.Equal(ids, consumer.Frames.Where(f => f.ReqId?[0] == 'q').Select(f => f.ReqId));
    }

    [Fact]
    public async Task Sixty_four_requests_are_taken_at_once_and_the_next_is_read_when_one_is_answered()
    {
        var journal = new MemoryJournal();
        await using var server = await StartAsync(journal);
        await using var bystander = await server.ConsumerAsync("demo");
        var jwt = await server.SignupAsync("demo");
        await using var owner = await server.ConsumerAsync("demo", jwt);
        var dialog = await Talk.OpenConversationAsync(owner);
        await using var socket = await server.OpenAsync(MessagingServer.ConsumerPath("demo"), $"Authorization: jwt {jwt}");
        journal.Hold();

        await socket.SendAsync([.. Enumerable.Range(0, 63).Select(i => Publish(i)), ClientFrame.Ping(63)]);
        Assert.Equal([63], (await socket.ReadAsync())!.Payload);
        await socket.SendAsync([Publish(63), ClientFrame.Ping(64), Publish(64)]);
        await bystander.CatchUpAsync();
        journal.Release();

        var pongBefore = -1;
        for (var expected = 0; expected < 65;)
        {
            var frame = (await socket.ReadAsync())!;
            if (frame.Opcode == ClientFrame.PongOpcode) pongBefore = expected;
            else Assert.Contains($"\"reqId\":\"p{expected++}\"", frame.Text);
        }

        Assert.True(pongBefore > 0, "The ping behind the 64th request was read before any answer had left");

        byte[] Publish(int i) => ClientFrame.Text(WireClient.Request($"p{i}", "ms.PublishEvent", WireClient.PublishBody(dialog, $"{i}")));
    }

    private static string BodyOf(string type, string dialog) => type switch
    {
        "ms.PublishEvent" => WireClient.PublishBody(dialog, "Hello"),
        "ChatState" => $$$"""{"dialogId":"{{{dialog}}}","event":{"type":"ChatStateEvent","chatState":"COMPOSING"}}""",
        "cm.UpdateConversationField" => $$$"""{"conversationId":"{{{dialog}}}","conversationField":{"field":"ConversationStateField","conversationState":"CLOSE"}}""",
        _ => Dialog(dialog),
    };

    private static string Dialog(string dialog) => $$"""{"dialogId":"{{dialog}}"}""";

    private static Task<MessagingServer> StartAsync(MemoryJournal journal) =>
        MessagingServer.StartAsync(o => o.Limits.RateLimits = false, journal: journal);
}
