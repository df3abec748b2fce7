using System.Text.Json;
using Parley.Client.Tests.Peer;

namespace Parley.Client.Tests;

public sealed class ConversationListTests
{
    [Fact]
    public async Task A_list_begins_with_what_is_there_and_goes_on_with_changes()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        await using var client = new ConsumerClient(peer.Endpoints, Tokens.Consumer(), new() { Reconnect = new() { Jitter = () => 0 } });
        Task connecting = client.ConnectAsync();
        PeerSocket socket = await peer.AcceptAsync();
        await connecting.Within();
        await using var changes = client.SubscribeConversationsAsync(ConversationFilter.All).GetAsyncEnumerator();
        Task<ConversationChange> first = changes.NextAsync();
        JsonElement request = await socket.ReceiveAsync("cqm.SubscribeExConversations");
        Assert.Equal("""{"convState":["OPEN","CLOSE"]}""", request.GetProperty("body").GetRawText());
        await socket.AnswerAsync(request, """{"subscriptionId":"s-1"}""");
        await NotifyAsync(socket, "s-1", ("UPSERT", "c-1", "OPEN"));
        Conversation conversation = (await first).Conversation;
        Assert.Equal(("c-1", true, "k-1", "pid-7"), (conversation.Id, conversation.IsOpen, conversation.ConsumerId, conversation.AssignedAgentId));
        await NotifyAsync(socket, "other", ("UPSERT", "c-9", "OPEN"));
        await NotifyAsync(socket, "s-1", ("UPSERT", "c-1", "CLOSE"));
        ConversationChange closed = await changes.NextAsync();
        Assert.Equal(("c-1", false, false), (closed.Conversation.Id, closed.Conversation.IsOpen, closed.IsGone));
        await PeerSocket.LeaveAsync(client, socket);
    }

    [Fact]
    public async Task What_left_the_list_unseen_is_reported_as_gone_after_the_reconnect()
    {
        await using ScriptedPeer peer = await ScriptedPeer.StartAsync();
        await using var client = new ConsumerClient(peer.Endpoints, Tokens.Consumer(), new() { Reconnect = new() { Jitter = () => 0 } });
        Task connecting = client.ConnectAsync();
        PeerSocket socket = await peer.AcceptAsync();
        await connecting.Within();
        await using var changes = client.SubscribeConversationsAsync().GetAsyncEnumerator();
        Task<ConversationChange> first = changes.NextAsync();
        await socket.AnswerAsync(await socket.ReceiveAsync("cqm.SubscribeExConversations"), """{"subscriptionId":"s-1"}""");
        await NotifyAsync(socket, "s-1", ("UPSERT", "c-1", "OPEN"), ("UPSERT", "c-2", "OPEN"));
        Assert.Equal("c-1", (await first).Conversation.Id);
        Assert.Equal("c-2", (await changes.NextAsync()).Conversation.Id);
        socket.Abort();

        PeerSocket second = await peer.AcceptAsync();
        await second.AnswerAsync(await second.ReceiveAsync("cqm.SubscribeExConversations"), """{"subscriptionId":"s-2"}""");
        await NotifyAsync(second, "s-2", ("UPSERT", "c-2", "OPEN"), ("UPSERT", "c-3", "OPEN"));
        List<(string, bool)> reported = [];
        for (int i = 0; i < 3; i++)
        {
            ConversationChange change = await changes.NextAsync();
            reported.Add((change.Conversation.Id, change.IsGone));
        }
        Assert.Equal([("c-2", false), ("c-3", false), ("c-1", true)], reported);
        await PeerSocket.LeaveAsync(client, second);
    }

    [Fact]
    public async Task A_reader_that_is_behind_gets_each_conversation_once_as_it_is()
    {
        var queue = new LatestQueue<(string Key, int Value)>(i => i.Key);
        queue.Post(("a", 1));
        queue.Post(("b", 1));
        queue.Post(("a", 2));
        queue.Complete(null);
        Assert.Equal([("a", 2), ("b", 1)], await queue.ReadAllAsync(default).ToListAsync());
    }

    [Fact]
    public void An_agents_record_is_read_by_its_public_ids()
    {
        Conversation conversation = Conversation.Read(JsonElement.Parse("""
            {"convId":"c-1","effectiveTTR":-1,"conversationDetails":{"skillId":"-1","state":"CLOSE","stage":"OPEN","closeReason":"CONSUMER","startTs":1000,"metaDataLastUpdateTs":2000,
             "participants":{"CONSUMER":["k-1"],"ASSIGNED_AGENT":["demo1.7"]},"participantsPId":{"CONSUMER":["k-1"],"ASSIGNED_AGENT":["pid-7"]},
             "dialogs":[{"dialogId":"c-1","dialogType":"MAIN","state":"CLOSE"},{"dialogId":"s-1","dialogType":"POST_SURVEY","state":"OPEN"}]}}
            """));
        Assert.Equal([new("k-1", "CONSUMER"), new("pid-7", "ASSIGNED_AGENT")], conversation.Participants);
        Assert.Equal([new("c-1", "MAIN", false), new("s-1", "POST_SURVEY", true)], conversation.Dialogs);
        Assert.Equal((false, true, "CONSUMER", null, null), (conversation.IsOpen, conversation.IsStageOpen, conversation.CloseReason, conversation.SkillId, conversation.AnswerDue));
    }

    private static Task NotifyAsync(PeerSocket socket, string subscription, params (string Type, string Id, string State)[] changes) =>
        socket.NotifyAsync("cqm.ExConversationChangeNotification", $$"""{"subscriptionId":"{{subscription}}","changes":[{{string.Join(',', changes.Select(Change))}}]}""");

    private static string Change((string Type, string Id, string State) change) => $$$"""
        {"type":"{{{change.Type}}}","result":{"convId":"{{{change.Id}}}","effectiveTTR":-1,"conversationDetails":{"state":"{{{change.State}}}","stage":"{{{change.State}}}",
        "participants":[{"id":"k-1","role":"CONSUMER"},{"id":"pid-7","role":"ASSIGNED_AGENT"}],"dialogs":[]} } }
        """;
}
