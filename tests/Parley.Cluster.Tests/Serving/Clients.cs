using System.Threading.Channels;
using Parley.Client;
using Parley.Client.Tests.Peer;

namespace Parley.Cluster.Tests.Serving;

/// <summary>A consumer, an agent and a manager, each on a node.</summary>
internal sealed class Clients : IAsyncDisposable
{
    private readonly AgentClient _agent;
    private readonly AgentClient _manager;
    private readonly IAsyncEnumerator<Ring> _rings;
    private readonly IAsyncEnumerator<ConversationChange> _mine;
    private readonly IAsyncEnumerator<ConversationChange> _all;
    private readonly IAsyncEnumerator<ConversationChange> _own;

    private Clients(ConsumerClient consumer, AgentClient agent, AgentClient manager)
    {
        (Consumer, _agent, _manager) = (consumer, agent, manager);
        _rings = agent.SubscribeRingsAsync().GetAsyncEnumerator();
        _mine = agent.SubscribeConversationsAsync(new() { OnlyMine = true }).GetAsyncEnumerator();
        _all = manager.SubscribeConversationsAsync().GetAsyncEnumerator();
        _own = consumer.SubscribeConversationsAsync().GetAsyncEnumerator();
    }

    public ConsumerClient Consumer { get; }

    public static async Task<Clients> ConnectAsync(ThreeNodes nodes, int consumer, int agent, int manager)
    {
        var clients = new Clients(await nodes.ConsumerAsync(consumer), nodes.Agent(agent), nodes.Manager(manager));
        foreach (ParleyClient client in new ParleyClient[] { clients.Consumer, clients._agent, clients._manager }) await client.ConnectAsync().Within();
        await clients._agent.SetStateAsync(AgentAvailability.Online).Within();
        return clients;
    }

    /// <summary>The consumer asks, the agent is rung and accepts; all lists show it.</summary>
    public async Task<string> OpenAsync()
    {
        var conversation = await Consumer.RequestConversationAsync().Within();
        await ShownAsync(_all, conversation, c => !c.IsGone);
        await ShownAsync(_own, conversation, c => !c.IsGone);
        Ring ring;
        do ring = await _rings.NextAsync();
        while (ring.ConversationId != conversation || ring.State != RingState.Waiting);
        await _agent.AcceptRingAsync(ring.Id).Within();
        await ShownAsync(_mine, conversation, c => c.Conversation.AssignedAgentId == _agent.PublicId);
        await ShownAsync(_own, conversation, c => c.Conversation.AssignedAgentId == _agent.PublicId);
        return conversation;
    }

    /// <summary>The same, with a conversation of some kind; others are closed.</summary>
    public async Task<string> OpenAsync(Func<string, bool> isWanted)
    {
        while (true)
        {
            var conversation = await OpenAsync();
            if (isWanted(conversation)) return conversation;
            await CloseAsync(conversation);
        }
    }

    /// <summary>A conversation from its beginning to its end: each hears the other, sees him typing, and sees it closed.</summary>
    public async Task<string> HoldConversationAsync(string text)
    {
        var conversation = await OpenAsync();
        using var end = new CancellationTokenSource();
        var heardByAgent = _agent.SubscribeMessagesAsync(conversation, cancellation: end.Token).GetAsyncEnumerator(CancellationToken.None);
        var heardByConsumer = Consumer.SubscribeMessagesAsync(conversation, cancellation: end.Token).GetAsyncEnumerator(CancellationToken.None);
        Assert.Equal(0, await Consumer.PublishTextAsync(conversation, text).Within());
        Assert.Equal(text, (await ContentAsync(heardByAgent)).Text);
        Assert.Equal(1, await _agent.PublishTextAsync(conversation, $"You said {text}").Within());
        Assert.Equal(text, (await ContentAsync(heardByConsumer)).Text);
        Assert.Equal($"You said {text}", (await ContentAsync(heardByConsumer)).Text);

        // A chat state is kept for nobody: whoever is just reading what was before does not get it.
        var typing = heardByConsumer.NextAsync();
        do await _agent.SendChatStateAsync(conversation, "COMPOSING").Within();
        while (await Task.WhenAny(typing, Task.Delay(200)) != typing);
        Assert.Equal("COMPOSING", (await typing).ChatState);

        await end.CancelAsync();
        await CloseAsync(conversation);
        return conversation;
    }

    /// <summary>The agent closes it; it is gone from all lists of the open ones.</summary>
    public async Task CloseAsync(string conversation)
    {
        await _agent.CloseConversationAsync(conversation).Within();
        await ShownAsync(_mine, conversation, c => c.IsGone);
        await ShownAsync(_own, conversation, c => c.IsGone);
        await ShownAsync(_all, conversation, c => c.IsGone);
    }

    /// <summary>The first messages of a conversation, as the agent's subscription has them.</summary>
    public async Task<List<MessageEvent>> AgentHearsAsync(string conversation, int count)
    {
        using var end = new CancellationTokenSource();
        var heard = _agent.SubscribeMessagesAsync(conversation, cancellation: end.Token).GetAsyncEnumerator(CancellationToken.None);
        List<MessageEvent> messages = [];
        while (messages.Count < count) messages.Add(await ContentAsync(heard));
        await end.CancelAsync();
        return messages;
    }

    /// <summary>The chat states of a conversation that the agent is sent from now on.</summary>
    public IAsyncEnumerator<string> ChatStatesAsync(string conversation)
    {
        var states = Channel.CreateUnbounded<string>();
        _ = ReadAsync();
        return states.Reader.ReadAllAsync().GetAsyncEnumerator();

        async Task ReadAsync()
        {
            await foreach (var message in _agent.SubscribeMessagesAsync(conversation))
            {
                if (message.ChatState is { } state) states.Writer.TryWrite(state);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Consumer.DisposeAsync();
        await _agent.DisposeAsync();
        await _manager.DisposeAsync();
    }

    private static async Task ShownAsync(IAsyncEnumerator<ConversationChange> list, string conversation, Func<ConversationChange, bool> isAwaited)
    {
        ConversationChange change;
        do change = await list.NextAsync();
        while (change.Conversation.Id != conversation || !isAwaited(change));
    }

    private static async Task<MessageEvent> ContentAsync(IAsyncEnumerator<MessageEvent> heard)
    {
        MessageEvent message;
        do message = await heard.NextAsync();
        while (message.Kind != MessageEventKind.Content);
        return message;
    }
}
