using Parley.Protocol;
using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Gateway;

/// <summary>Clients that say what they can show and leave cards out (protocol 6.5).</summary>
public sealed class RichContentTests(MessagingServer server)
{
    private const string EventV2 = ".ams.ms.OnlineEventDistribution";
    private const string EventV3 = "ms.MessagingEventNotification";
    private const string ListV3 = "cqm.ExConversationChangeNotification";

    [Theory]
    [InlineData("""["CO_BROWSE","PHOTO_SHARING"]""")]
    [InlineData("\"AUTO_MESSAGES\"")]
    public async Task A_client_without_the_feature_gets_no_cards_anywhere(string features)
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());
        await NameAsync(talk.Consumer, features);
        await SayAsync(talk, "zero");
        await ShowAsync(talk);
        await talk.Consumer.DoAsync("ms.SubscribeMessagingEvents", $$"""{"dialogId":"{{talk.ConversationId}}"}""");
        await talk.Consumer.NotificationAsync(EventV3, f => Sequence(f) == 0);
        await ShowAsync(talk);
        await SayAsync(talk, "three");
        await ShowAsync(talk);
        await SayAsync(talk, "five");
        await talk.Consumer.NotificationAsync(EventV3, f => Sequence(f) == 5);

        Assert.Equal([0, 3, 5], talk.Consumer.Frames.Where(f => f.Type == EventV3).Select(Sequence));
        Assert.Equal([0, 3, 5], await QueriedAsync(talk.Consumer, talk.ConversationId));
        await ShowAsync(talk);
        await talk.Consumer.DoAsync("cqm.SubscribeExConversations");
        await talk.Agent.DoAsync(".ams.cm.UpdateConversationField", $$$"""{"conversationId":"{{{talk.ConversationId}}}","conversationField":{"field":"Note","note":"seen"}}""");
        await talk.Consumer.NotificationAsync(ListV3);
        await talk.Consumer.NotificationAsync(ListV3);
        await talk.Consumer.CatchUpAsync();
        Assert.DoesNotContain(talk.Consumer.Frames, f => f.Text.Contains("a card"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("""["RICH_CONTENT"]""")]
    [InlineData("""["CO_BROWSE","RICH_CONTENT"]""")]
    [InlineData("\"PHOTO_SHARING,RICH_CONTENT\"")]
    public async Task Whoever_names_the_feature_or_none_at_all_gets_them_everywhere(string? features)
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());
        if (features is not null) await NameAsync(talk.Consumer, features);
        await ShowAsync(talk);
        await talk.Consumer.DoAsync("ms.SubscribeMessagingEvents", $$"""{"dialogId":"{{talk.ConversationId}}"}""");
        await talk.Consumer.NotificationAsync(EventV3, f => Sequence(f) == 0);
        await ShowAsync(talk);
        await talk.Consumer.NotificationAsync(EventV3, f => Sequence(f) == 1);

        Assert.Equal([0, 1], await QueriedAsync(talk.Consumer, talk.ConversationId));
        await talk.Consumer.DoAsync("cqm.SubscribeExConversations");
        var list = await talk.Consumer.NotificationAsync(ListV3);
        Assert.Equal(1, (int?)list.Change!["result"]!["lastContentEventNotification"]!["sequence"]);
    }

    [Theory]
    [InlineData("?v=3", """Client-Properties: {"type":".ClientProperties","features":["CO_BROWSE"]}""", false)]
    [InlineData("?v=3", """Client-Properties: {"type":".ClientProperties","features":["RICH_CONTENT"]}""", true)]
    [InlineData("?v=3&features=PHOTO_SHARING", "", false)]
    [InlineData("?v=3&features=PHOTO_SHARING,RICH_CONTENT", "", true)]
    [InlineData("?v=3&appId=window", "", true)]
    public async Task The_same_consumer_reads_on_each_of_his_clients_what_it_can_show(string query, string header, bool showsCards)
    {
        var account = await server.NewAccountAsync();
        var jwt = await server.SignupAsync(account);
        await using var talk = await server.TalkAsync(account, jwt);
        await ShowAsync(talk);
        await SayAsync(talk, "one");
        string[] headers = [$"Authorization: jwt {jwt}", .. header.Length > 0 ? [header] : Array.Empty<string>()];
        await using var other = new WireClient(await server.OpenAsync(MessagingServer.ConsumerPath(account, query), headers), Dialect.V3);

        Assert.Equal(showsCards ? [0, 1] : [1], await QueriedAsync(other, talk.ConversationId));
        Assert.Equal([0, 1], await QueriedAsync(talk.Consumer, talk.ConversationId));
        Assert.Equal([0, 1], await QueriedAsync(talk.Agent, talk.ConversationId));
    }

    [Fact]
    public async Task A_query_for_the_newest_goes_back_behind_any_number_of_cards()
    {
        await using var talk = await server.TalkAsync(await server.NewAccountAsync());
        await NameAsync(talk.Consumer, """["MULTI_DIALOG"]""");
        await SayAsync(talk, "zero");
        await SayAsync(talk, "one");
        await SayAsync(talk, "two");
        for (var i = 0; i < 40; i++) await ShowAsync(talk);
        await SayAsync(talk, "43");

        Assert.Equal([2, 43], await QueriedAsync(talk.Consumer, talk.ConversationId, ",\"maxQuantity\":2"));
        Assert.Equal([42, 43], await QueriedAsync(talk.Agent, talk.ConversationId, ",\"maxQuantity\":2"));
        Assert.Equal([0, 1], await QueriedAsync(talk.Consumer, talk.ConversationId, ",\"maxQuantity\":9,\"olderThanSequence\":2"));
        Assert.Empty(await QueriedAsync(talk.Consumer, talk.ConversationId, ",\"newerThanSequence\":2,\"olderThanSequence\":43"));
    }

    [Fact]
    public async Task A_dialog_of_cards_alone_replays_as_empty_and_still_counts_them_as_unread()
    {
        var account = await server.NewAccountAsync();
        await using var talk = await server.TalkAsync(account);
        await NameAsync(talk.Consumer, """["MULTI_DIALOG"]""");
        await ShowAsync(talk);
        await talk.Consumer.DoAsync("ms.SubscribeMessagingEvents", $$"""{"dialogId":"{{talk.ConversationId}}"}""");

        await talk.Consumer.NotificationAsync(EventV3, f => f.Change is null);

        await talk.Agent.NotificationAsync(EventV2, f => (int?)f.Body!["sequence"] == 0);
        await using var manager = await server.AgentAsync(account, AgentRole.Manager);
        await manager.DoAsync(".ams.aam.SubscribeExConversations");
        var record = (await manager.NotificationAsync(".ams.aam.ExConversationChangeNotification")).Change!["result"]!;
        Assert.Equal((1, 0), ((int)record["numberOfunreadMessages"]![talk.Consumer.UserId]!, (int)record["lastContentEventNotification"]!["sequence"]!));
    }

    private static int? Sequence(WireFrame frame) => (int?)frame.Change?["sequence"];

    private static async Task<IEnumerable<int>> QueriedAsync(WireClient client, string dialogId, string members = "") =>
        (await client.DoAsync("ms.QueryMessages", $$"""{"dialogId":"{{dialogId}}"{{members}}}""")).Body!.AsArray().Select(m => (int)m!["sequence"]!);

    private static async Task NameAsync(WireClient consumer, string features)
    {
        await consumer.SendAsync($$"""{"kind":"req","id":"features","type":"InitConnection","headers":[{"type":".ams.headers.ClientProperties","features":{{features}}}]}""");
        Assert.Equal(200, (await consumer.AnswerAsync("features")).Code);
    }

    private static Task SayAsync(Talk talk, string text) => talk.Agent.PublishAsync(talk.ConversationId, text);

    private static Task ShowAsync(Talk talk) => talk.Agent.DoAsync(
        ".ams.ms.PublishEvent",
        $$$"""{"dialogId":"{{{talk.ConversationId}}}","event":{"type":"RichContentEvent","content":{"type":"vertical","elements":[{"type":"text","text":"a card"}]} }}""");
}
