using Parley.Conversations;
using Parley.Conversations.Commands;
using Parley.Conversations.Events;
using Parley.Journal.Memory;
using Parley.Server.Ownership;
using Parley.Server.Routing;
using Parley.Server.Tests.Ownership.Support;

namespace Parley.Server.Tests.Routing;

/// <summary>A node that routes for an account after another one.</summary>
public sealed class TakeoverTests
{
    [Fact]
    public async Task Only_who_routes_rings_and_whoever_begins_to_knows_what_agents_said_to_a_node_that_has_gone()
    {
        var node = new Node();
        await using var messaging = await TestMessaging.StartNodeAsync(new MemoryJournal(), _ => node);
        var agent = await messaging.AddAgentAsync("ada");
        messaging.Agent(agent);
        var id = await messaging.Consumer("ann").OpenAsync();
        await messaging.Identity.AgentStates.SaveAsync(TestMessaging.Account, agent.Pid, AgentAvailability.Online);
        var router = messaging.Services.Routing.Of(TestMessaging.Account);
        Assert.Equal((1, "OFFLINE"), await router.ReadAsync((table, stateOf, _) => (table.Waiting, stateOf(agent.Pid).State)));
        Assert.Empty(messaging.State(id).Rings);

        node.IsRouting = true;
        node.News!.OwnersChanged();

        var patience = Task.Delay(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        while (messaging.State(id).Rings.Count == 0) Assert.NotSame(patience, await Task.WhenAny(router.NextChange, Task.Delay(10, TestContext.Current.CancellationToken), patience));
        Assert.Equal("ONLINE", await router.ReadAsync((_, stateOf, _) => stateOf(agent.Pid).State));
    }

    [Fact]
    public async Task What_an_agent_said_later_counts_wherever_he_said_it()
    {
        var node = new Node { IsRouting = true };
        await using var messaging = await TestMessaging.StartNodeAsync(new MemoryJournal(), _ => node);
        var agent = await messaging.AddAgentAsync("ada");
        var router = messaging.Services.Routing.Of(TestMessaging.Account);
        var now = messaging.Now;

        node.News!.HearState(TestMessaging.Account, agent.Pid, new AgentAvailability("AWAY", "lunch"), now + 5);
        node.News.HearState(TestMessaging.Account, agent.Pid, AgentAvailability.Online, now + 4);
        Assert.Equal("lunch", await router.ReadAsync((_, stateOf, _) => stateOf(agent.Pid).Description));

        router.SetState(agent.Pid, new AgentAvailability("BACK_SOON", "here"));
        Assert.Equal("here", await router.ReadAsync((_, stateOf, _) => stateOf(agent.Pid).Description));
        Assert.Equal((agent.Pid, now + 6), Assert.Single(node.Told));
    }

    [Fact]
    public async Task An_agent_on_another_node_is_there_until_that_node_is_gone()
    {
        var node = new Node { IsRouting = true };
        await using var messaging = await TestMessaging.StartNodeAsync(new MemoryJournal(), _ => node);
        var agent = await messaging.AddAgentAsync("ada");
        node.News!.HearPresent("other", [new PresentUser(TestMessaging.Account, agent.Pid, IsAgent: true)]);
        node.News.HearState(TestMessaging.Account, agent.Pid, AgentAvailability.Online, messaging.Now);
        var router = messaging.Services.Routing.Of(TestMessaging.Account);
        Assert.True(await router.ReadAsync((table, _, _) => table.Agent(agent.Pid)!.Readiness == Conversations.Routing.Readiness.All));

        node.News.HearPresent("other", []);

        Assert.True(await router.ReadAsync((table, _, _) => table.Agent(agent.Pid)!.Readiness == Conversations.Routing.Readiness.None));
    }

    private sealed class Node : INodes
    {
        public bool IsRouting { get; set; }
        public INodeNews? News { get; private set; }
        public List<(string AgentPid, long SaidAt)> Told { get; } = [];
        public bool IsAlone => false;

        public bool Decides(string conversationId) => true;

        public bool MustWait(string conversationId) => false;

        public bool Routes(string accountId) => IsRouting;

        public void Attach(INodeNews news) => News = news;

        public void Forward(string conversationId, string? accountId, ConversationCommand command, CommandReply reply) => throw new NotSupportedException();

        public void CatchUp(string conversationId, Action caughtUp, Action unavailable) => throw new NotSupportedException();

        public void Tell(string conversationId, ConversationEvent[] events)
        {
        }

        public void TellPresence(in PresentUser user, bool isThere)
        {
        }

        public void TellState(string accountId, string agentPid, AgentAvailability state, long saidAt) => Told.Add((agentPid, saidAt));

        public void TellChatState(string conversationId, string dialogId, string userId, PublishedParts parts)
        {
        }
    }
}
