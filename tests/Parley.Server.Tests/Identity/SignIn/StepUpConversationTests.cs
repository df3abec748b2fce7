using Parley.Server.Tests.Gateway;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Identity.SignIn;

/// <summary>What an anonymous consumer said is his when he has signed in (protocol 4.6).</summary>
public sealed class StepUpConversationTests(SignInServer fixture) : IClassFixture<SignInServer>, IAsyncDisposable
{
    private const string ListV3 = "cqm.ExConversationChangeNotification";

    private readonly SignInServer _server = fixture.Forgiven();
    private readonly Brand _brand = new(fixture.Time);

    public ValueTask DisposeAsync() => _brand.DisposeAsync();

    [Fact]
    public async Task With_the_new_token_he_finds_his_conversations_and_goes_on_in_them()
    {
        var account = await _server.NewAccountAsync(_brand.Implicit());
        var anonymousJwt = await _server.AnonymousAsync(account);
        await using var anonymous = await _server.Server.ConsumerAsync(account, anonymousJwt);
        var (first, second) = (await Talk.OpenConversationAsync(anonymous), await Talk.OpenConversationAsync(anonymous));
        await anonymous.PublishAsync(first, "I have a question");

        var jwt = await _server.ExchangeAsync(account, _brand.Token(), authorization: $"jwt {anonymousJwt}");
        await using var consumer = await _server.Server.ConsumerAsync(account, jwt);
        await consumer.DoAsync("cqm.SubscribeExConversations");

        foreach (var conversation in (string[])[first, second]) // in one notification or in two
        {
            bool Shows(WireFrame f) => f.Type == ListV3 && f.Text.Contains(conversation) && f.Text.Contains(consumer.UserId);
            if (!consumer.Frames.Any(Shows)) await consumer.NotificationAsync(ListV3, Shows);
        }

        await consumer.DoAsync("ms.SubscribeMessagingEvents", $$"""{"dialogId":"{{first}}"}""");
        await consumer.NotificationAsync("ms.MessagingEventNotification", f => f.Text.Contains("I have a question"));
        Assert.Equal("1", await consumer.PublishAsync(first, "It is me"));
        Assert.Equal(403, (await anonymous.RequestAsync("ms.PublishEvent", WireClient.PublishBody(first, "me too"))).Code);
        Assert.Equal(404, (await anonymous.RequestAsync("ms.QueryMessages", $$"""{"dialogId":"{{first}}"}""")).Code);
    }

    // The first list after the sign-in came before the conversations had gone with him, and his next message opened another one.
    [Theory]
    [InlineData("frame")]
    [InlineData("header")]
    public async Task His_first_list_shows_all_that_he_began_however_he_names_himself(string token)
    {
        var account = await _server.NewAccountAsync(_brand.Implicit());
        var anonymousJwt = await _server.AnonymousAsync(account);
        await using var anonymous = await _server.Server.ConsumerAsync(account, anonymousJwt);
        var conversations = new List<string>();
        for (var i = 0; i < 20; i++) conversations.Add(await Talk.OpenConversationAsync(anonymous));

        var jwt = await _server.ExchangeAsync(account, _brand.Token(), authorization: $"jwt {anonymousJwt}");
        await using var consumer = token == "header" ? await _server.Server.ConsumerAsync(account, jwt) : await _server.Server.StrangerAsync(account);
        await consumer.SendAsync($$$"""{"kind":"req","id":"init","type":"InitConnection","headers":[{"type":".ams.headers.ConsumerAuthentication","jwt":"{{{jwt}}}"}]}""");
        Assert.Equal(200, (await consumer.AnswerAsync("init")).Code);
        await consumer.DoAsync("cqm.SubscribeExConversations");

        var list = await consumer.NotificationAsync(ListV3);
        Assert.All(conversations, conversation => Assert.Contains(conversation, list.Text));
    }

    [Fact]
    public async Task By_the_field_he_goes_on_on_the_same_socket()
    {
        var account = await _server.NewAccountAsync(_brand.Implicit());
        await using var consumer = await _server.Server.ConsumerAsync(account, await _server.AnonymousAsync(account));
        await using var thief = await _server.Server.ConsumerAsync(account, await _server.AnonymousAsync(account));
        var conversation = await Talk.OpenConversationAsync(consumer);
        await consumer.DoAsync("cqm.SubscribeExConversations");
        var jwt = await _server.ExchangeAsync(account, _brand.Token());
        string Step(string id) => $$$"""{"conversationId":"{{{id}}}","conversationField":{"field":"StepUpAuthentication","jwt":"{{{jwt}}}"}}""";

        Assert.Equal(404, (await thief.RequestAsync("cm.UpdateConversationField", Step(conversation))).Code);
        await consumer.DoAsync("cm.UpdateConversationField", Step(conversation));

        await consumer.NotificationAsync(ListV3, f => (string?)f.Change?["type"] == "DELETE"); // the anonymous list no longer shows it
        Assert.Equal("0", await consumer.PublishAsync(conversation, "It is me"));
        Assert.Equal(400, (await consumer.RequestAsync("cm.UpdateConversationField", Step(conversation))).Code);
    }

    [Fact]
    public async Task Whoever_signs_in_on_the_same_socket_has_not_left_until_it_closes()
    {
        var account = await _server.NewAccountAsync(_brand.Implicit());
        await using var talk = await _server.Server.TalkAsync(account, await _server.AnonymousAsync(account));
        var jwt = await _server.ExchangeAsync(account, _brand.Token());

        await talk.Consumer.DoAsync(
            "cm.UpdateConversationField",
            $$$"""{"conversationId":"{{{talk.ConversationId}}}","conversationField":{"field":"StepUpAuthentication","jwt":"{{{jwt}}}"}}""");
        var came = await PresenceTests.StateAsync(talk.Agent, "ACTIVE");
        await talk.Consumer.DisposeAsync();
        var left = await PresenceTests.StateAsync(talk.Agent, "BACKGROUND");

        var known = MessagingServer.SubjectOf(jwt);
        Assert.Equal((known, known), ((string?)came.Body!["originatorId"], (string?)left.Body!["originatorId"]));
        Assert.Equal(["ACTIVE", "BACKGROUND"], PresenceTests.States(talk.Agent).Distinct());
    }
}
