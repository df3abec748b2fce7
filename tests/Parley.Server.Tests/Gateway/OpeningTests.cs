using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Gateway;

/// <summary>What comes with a conversation's beginning (protocol 9.1, 14).</summary>
public sealed class OpeningTests(MessagingServer server)
{
    private const string EventV3 = "ms.MessagingEventNotification";

    [Fact]
    public async Task Where_the_account_says_so_the_creating_socket_hears_its_messages_without_a_subscription()
    {
        var account = await server.NewAccountAsync(new AccountSettings { ImplicitSubscription = true });
        await using var talk = await server.TalkAsync(account);

        await talk.Agent.PublishAsync(talk.ConversationId, "unasked");
        await talk.Consumer.NotificationAsync(EventV3, f => (int?)f.Change?["sequence"] == 0);
        await talk.Consumer.DoAsync("ms.SubscribeMessagingEvents", $$"""{"dialogId":"{{talk.ConversationId}}","fromSeq":1}""");
        await talk.Agent.PublishAsync(talk.ConversationId, "asked for");

        await talk.Consumer.NotificationAsync(EventV3, f => (int?)f.Change?["sequence"] == 1);
        await talk.Consumer.CatchUpAsync();
        Assert.Equal([0, 1], talk.Consumer.Frames.Where(f => f.Type == EventV3 && f.Change is not null).Select(f => (int)f.Change!["sequence"]!));
    }

    [Fact]
    public async Task A_socket_that_created_nothing_hears_nothing()
    {
        var account = await server.NewAccountAsync(new AccountSettings { ImplicitSubscription = true });
        var jwt = await server.SignupAsync(account);
        await using var first = await server.ConsumerAsync(account, jwt);
        await using var second = await server.ConsumerAsync(account, jwt);
        var conversation = await Talk.OpenConversationAsync(first);

        await second.PublishAsync(conversation, "from the other window");

        await first.NotificationAsync(EventV3);
        await second.CatchUpAsync();
        Assert.DoesNotContain(second.Frames, f => f.Kind == "notification");
    }

    [Fact]
    public async Task Metadata_of_a_request_comes_with_the_change_it_makes_and_not_with_the_next()
    {
        var account = await server.NewAccountAsync();
        await using var talk = await server.TalkAsync(account);
        await using var manager = await server.AgentAsync(account, AgentRole.Manager);
        await manager.DoAsync(".ams.aam.SubscribeExConversations");
        await talk.Consumer.SendAsync("""{"kind":"req","id":"open","type":"cm.ConsumerRequestConversation","metadata":[{"type":"ExternalId","id":"page"}]}""");
        var opened = (string)(await talk.Consumer.AnswerAsync("open")).Body!["conversationId"]!;
        Assert.Equal("page", (string?)(await manager.NotificationAsync(".ams.aam.ExConversationChangeNotification", f => (string?)f.Change?["result"]?["convId"] == opened)).Change!["metadata"]![0]!["id"]);

        // A change that names nothing but the dialog serves to attach metadata.
        await talk.Agent.SendAsync($$$$"""{"kind":"req","id":"m","type":".ams.cm.UpdateConversationField","metadata":[{"type":"Survey","surveyId":"s-1"}],"body":{"conversationId":"{{{{talk.ConversationId}}}}","conversationField":{"field":"DialogChange","type":"UPDATE","dialog":{"dialogId":"{{{{talk.ConversationId}}}}"} } } }""");
        Assert.Equal(200, (await talk.Agent.AnswerAsync("m")).Code);
        await manager.NotificationAsync(".ams.aam.ExConversationChangeNotification", f => (string?)f.Change?["metadata"]?[0]?["surveyId"] == "s-1");
        await talk.Agent.DoAsync(".ams.cm.UpdateConversationField", $$$"""{"conversationId":"{{{talk.ConversationId}}}","conversationField":{"field":"Note","note":"later"}}""");
        var later = await manager.NotificationAsync(".ams.aam.ExConversationChangeNotification", f => f.Text.Contains("later"));
        Assert.Null(later.Change!["metadata"]);
    }
}
