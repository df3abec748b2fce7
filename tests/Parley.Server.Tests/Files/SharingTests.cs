using System.Text.Json.Nodes;
using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Files;

/// <summary>Who may share a file with whom, and who may have it (protocol ch. 11).</summary>
public sealed class SharingTests(MessagingServer server)
{
    private const string EventV2 = ".ams.ms.OnlineEventDistribution";
    private const string EventV3 = "ms.MessagingEventNotification";

    [Fact]
    [Checklist(23)]
    [CompatibilityRule(22)]
    public async Task A_consumers_file_reaches_the_agent_and_an_agents_file_the_consumer()
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());
        await talk.Consumer.DoAsync("ms.SubscribeMessagingEvents", $$"""{"dialogId":"{{talk.ConversationId}}","fromSeq":0}""");
        var (picture, document) = (SharingClient.Png(), "%PDF-1.7 and so on"u8.ToArray());

        var sent = await talk.Consumer.UploadAsync(server.Http, picture);
        Assert.Equal(0, (int)(await talk.Consumer.ShareAsync(talk.ConversationId, sent)).Body!["sequence"]!);
        var got = (await talk.Agent.NotificationAsync(EventV2)).Body!["event"]!["message"]!;
        Assert.Equal(("A picture", sent, "PNG", "data:image/png;base64,AAAA"), ((string?)got["caption"], (string?)got["relativePath"], (string?)got["fileType"], (string?)got["preview"]));
        Assert.Equal(picture, await talk.Agent.ReadAsync(server.Http, (string)got["relativePath"]!));

        var reply = await talk.Agent.UploadAsync(server.Http, document, "PDF");
        await talk.Agent.DoAsync(".ams.ms.PublishEvent", SharingClient.ShareBody(talk.ConversationId, reply).Replace("hosted/file", "HostedFile"));
        var seen = (await talk.Consumer.NotificationAsync(EventV3, f => (int?)f.Change?["sequence"] == 1)).Change!["event"]!["message"]!;
        Assert.Equal(document, await talk.Consumer.ReadAsync(server.Http, (string)seen["relativePath"]!));
        var old = await talk.Consumer.RequestAsync(".ams.ms.GenerateURLForDownloadFile", $$"""{"relativePath":"{{reply}}"}""");
        Assert.Equal((200, "ms.GenerateURLResponse", reply), (old.Code, old.Type, SharingClient.PathOf(old.Body!)));
    }

    [Fact]
    public async Task Only_who_may_read_the_message_may_have_its_file()
    {
        var account = await server.NewAccountAsync();
        await using var talk = await server.TalkAsync(account);
        await using var other = await server.ConsumerAsync(account);
        await using var colleague = await server.AgentAsync(account);
        await using var manager = await server.AgentAsync(account, AgentRole.Manager);
        await using var foreign = await server.AgentAsync(await server.NewAccountAsync(), AgentRole.Admin);
        var path = await talk.Consumer.UploadAsync(server.Http);

        Assert.Equal(200, (await talk.Consumer.AskForAsync(path)).Code);
        Assert.Equal(404, (await talk.Agent.AskForAsync(path)).Code);

        Assert.Equal(200, (await talk.Consumer.ShareAsync(talk.ConversationId, path)).Code);
        Assert.Equal(200, (await talk.Agent.AskForAsync(path)).Code);
        Assert.Equal(200, (await manager.AskForAsync(path)).Code);
        Assert.Equal(404, (await other.AskForAsync(path)).Code);
        Assert.Equal(404, (await colleague.AskForAsync(path)).Code);
        Assert.Equal(404, (await foreign.AskForAsync(path)).Code);
    }

    [Fact]
    public async Task A_private_file_is_for_agents_until_it_is_shared_with_everybody()
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());
        var path = await talk.Agent.UploadAsync(server.Http);

        await talk.Agent.ShareAsync(talk.ConversationId, path, ",\"messageAudience\":\"AGENTS_AND_MANAGERS\"");
        Assert.Equal(404, (await talk.Consumer.AskForAsync(path)).Code);
        Assert.Equal(400, (await talk.Consumer.ShareAsync(talk.ConversationId, path)).Code);

        await talk.Agent.ShareAsync(talk.ConversationId, path);
        Assert.Equal(200, (await talk.Consumer.AskForAsync(path)).Code);
    }

    [Fact]
    public async Task A_file_stays_readable_after_the_conversation_ended_and_may_be_passed_on_by_who_may_read_it()
    {
        var account = await server.NewAccountAsync();
        await using var talk = await server.TalkAsync(account);
        await using var stranger = await server.ConsumerAsync(account);
        var path = await talk.Agent.UploadAsync(server.Http);
        await talk.Agent.ShareAsync(talk.ConversationId, path);
        await talk.Agent.DoAsync(".ams.cm.UpdateConversationField", $$"""{"conversationId":"{{talk.ConversationId}}","conversationField":[{"field":"ConversationStateField","conversationState":"CLOSE"}]}""");
        Assert.Equal(200, (await talk.Consumer.AskForAsync(path)).Code);

        var own = await Talk.OpenConversationAsync(stranger);
        Assert.Equal(400, (await stranger.ShareAsync(own, path)).Code);
        var next = await Talk.OpenConversationAsync(talk.Consumer);
        Assert.Equal(200, (await talk.Consumer.ShareAsync(next, path)).Code);
    }

    [Fact]
    public async Task A_refused_publish_shares_nothing()
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());
        var path = await talk.Consumer.UploadAsync(server.Http);
        await talk.Consumer.DoAsync("cm.UpdateConversationField", $$"""{"conversationId":"{{talk.ConversationId}}","conversationField":[{"field":"ConversationStateField","conversationState":"CLOSE"}]}""");

        Assert.Equal(400, (await talk.Consumer.ShareAsync(talk.ConversationId, path)).Code);
        Assert.Equal(404, (await talk.Consumer.ShareAsync("no-such-dialog", path)).Code);

        Assert.Equal(404, (await talk.Agent.AskForAsync(path)).Code);
    }

    [Fact]
    public async Task What_is_no_file_of_the_publishers_is_not_published_and_the_socket_goes_on()
    {
        var account = await server.NewAccountAsync();
        await using var talk = await server.TalkAsync(account);
        await using var other = await server.ConsumerAsync(account);
        await using var foreign = await server.ConsumerAsync(await server.NewAccountAsync());
        var announced = SharingClient.PathOf(await talk.Consumer.AnnounceAsync());
        string[] paths =
        [
            announced, await other.UploadAsync(server.Http), await foreign.UploadAsync(server.Http), "/etc/passwd", "https://example.com/x.PNG",
            $"/v1/files/{account}/0123456789abcdef0123456789abcdef.PNG", announced.ToLowerInvariant(),
        ];
        foreach (var path in paths)
        {
            var answer = await talk.Consumer.ShareAsync(talk.ConversationId, path);
            Assert.Equal((400, "event.message.relativePath is no file that you may share"), (answer.Code, (string?)answer.Body!["details"]));
        }

        foreach (var message in (string[])["\"text\"", "{}", "[]", """{"relativePath":7,"fileType":"PNG"}""", $$"""{"relativePath":"{{announced}}"}"""])
        {
            var body = $$$"""{"dialogId":"{{{talk.ConversationId}}}","event":{"type":"ContentEvent","contentType":"hosted/file","message":{{{message}}}}}""";
            Assert.Equal(400, (await talk.Consumer.RequestAsync("ms.PublishEvent", body)).Code);
        }

        Assert.Equal("0", await talk.Consumer.PublishAsync(talk.ConversationId, "The first that is stored"));
    }

    [Theory]
    [InlineData("{}", 400)]
    [InlineData("[]", 400)]
    [InlineData("""{"relativePath":7}""", 400)]
    [InlineData("""{"relativePath":["x"]}""", 400)]
    [InlineData("""{"relativePath":""}""", 404)]
    [InlineData("""{"relativePath":"../../accounts.db"}""", 404)]
    [InlineData("""{"relativePath":"/v1/files/demo/0123456789abcdef0123456789abcdef.PNG"}""", 404)]
    public async Task What_names_no_file_gets_no_address(string body, int code)
    {
        await using var consumer = await server.ConsumerAsync("demo");

        Assert.Equal(code, (await consumer.RequestAsync(SharingClient.Download, body)).Code);
    }

    [Fact]
    public async Task When_sharing_is_off_no_file_is_published_and_earlier_ones_can_be_read()
    {
        var account = await server.NewAccountAsync();
        await using var talk = await server.TalkAsync(account);
        var (shared, kept) = (await talk.Consumer.UploadAsync(server.Http), await talk.Consumer.UploadAsync(server.Http));
        await talk.Consumer.ShareAsync(talk.ConversationId, shared);

        await server.Server.Identity.Accounts.ChangeSettingsAsync(account, new AccountSettings { FileSharing = false });

        Assert.Equal(403, (await talk.Consumer.ShareAsync(talk.ConversationId, kept)).Code);
        Assert.Equal(200, (await talk.Agent.AskForAsync(shared)).Code);
    }

    [Fact]
    public async Task What_is_sent_behind_a_file_is_numbered_behind_it()
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());
        var path = await talk.Consumer.UploadAsync(server.Http);
        var ids = Enumerable.Range(0, 10).Select(_ => talk.Consumer.NewId()).ToArray();

        await talk.Consumer.SendRawAsync([.. ids.Select((id, i) => ClientFrame.Text(WireClient.Request(
            id, "ms.PublishEvent", i % 3 == 0 ? SharingClient.ShareBody(talk.ConversationId, path) : WireClient.PublishBody(talk.ConversationId, $"{i}"))))]);

        for (var i = 0; i < ids.Length; i++) Assert.Equal(i, (int)(await talk.Consumer.AnswerAsync(ids[i])).Body!["sequence"]!);
    }

    [Fact]
    public async Task A_file_is_published_once_however_often_it_is_sent()
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());
        var (path, other) = (await talk.Consumer.UploadAsync(server.Http), await talk.Consumer.UploadAsync(server.Http));

        for (var i = 0; i < 2; i++) Assert.Equal(0, (int)(await talk.Consumer.ShareAsync(talk.ConversationId, path, ",\"eventId\":\"e1\"")).Body!["sequence"]!);
        Assert.Equal(409, (await talk.Consumer.ShareAsync(talk.ConversationId, other, ",\"eventId\":\"e1\"")).Code);

        Assert.Equal(200, (await talk.Agent.AskForAsync(path)).Code);
        Assert.Equal(404, (await talk.Agent.AskForAsync(other)).Code);
        Assert.Equal("1", await talk.Consumer.PublishAsync(talk.ConversationId, "Next"));
    }

    [Fact]
    public async Task A_file_is_found_behind_many_messages_that_came_first()
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());
        var path = await talk.Agent.UploadAsync(server.Http);
        await talk.Agent.ShareAsync("no-such-dialog", path);
        for (var i = 0; i < 250; i++) await talk.Agent.PublishAsync(talk.ConversationId, $"{i}");

        await talk.Agent.ShareAsync(talk.ConversationId, path);

        Assert.Equal(200, (await talk.Consumer.AskForAsync(path)).Code);
    }
}
