using Parley.Server.Identity;
using Parley.Server.Tests.Ownership.Support;

namespace Parley.Server.Tests.Routing;

/// <summary>An agent at his socket who follows his rings.</summary>
internal sealed class TestAgent(AgentProfile profile, TestSocket socket)
{
    public AgentProfile Profile => profile;
    public TestSocket Socket => socket;

    public static async Task<TestAgent> ConnectAsync(TestMessaging messaging, AgentProfile profile)
    {
        var socket = messaging.Agent(profile);
        Assert.Equal(200, (await socket.AskAsync(".ams.routing.SubscribeRoutingTasks")).Code);
        return new TestAgent(profile, socket);
    }

    public async Task SetAsync(string availability) =>
        Assert.Equal(202, (await socket.AskAsync(".ams.routing.SetAgentState", new { availability })).Code);

    /// <summary>The ring for a conversation, when it comes.</summary>
    public async Task<RingSeen> RingAsync(string conversationId, string? except = null) =>
        (await socket.WaitForAsync(r => r.Rings.Any(x => IsIt(x, conversationId, except)))).Rings.First(x => IsIt(x, conversationId, except));

    public async Task SeesAsync(string ringId, string state) => await socket.WaitForAsync(r => r.Rings.Any(x => x.Id == ringId && x.State == state));

    public Task<Received> TryAnswerAsync(string ringId, string ringState) => socket.AskAsync(".ams.routing.UpdateRingState", new { ringId, ringState });

    public async Task AnswerAsync(RingSeen ring, string state) => Assert.Equal(202, (await TryAnswerAsync(ring.Id, state)).Code);

    /// <summary>Returns when routing has done all it was told before.</summary>
    public Task SettledAsync() => SettledAsync(socket);

    /// <summary>The same by way of a new socket, for an agent whose own is gone.</summary>
    public Task SettledAsync(TestMessaging messaging) => SettledAsync(messaging, profile);

    public static async Task SettledAsync(TestMessaging messaging, AgentProfile of)
    {
        var manager = await messaging.AddAgentAsync($"onlooker {Guid.NewGuid():N}".Replace(' ', '-'), AgentRole.Manager, slots: 0);
        Assert.Equal(of.AccountId, manager.AccountId);
        await SettledAsync(messaging.Agent(manager));
    }

    private static bool IsIt(RingSeen ring, string conversationId, string? except) =>
        ring.State == "WAITING" && ring.ConversationId == conversationId && ring.Id != except;

    // Routing handles one message after the other; the first notification of a subscription is one of them. Twice, because what
    // a message causes to be stored comes back as another.
    private static async Task SettledAsync(TestSocket socket)
    {
        for (var i = 0; i < 2; i++)
        {
            var id = (await socket.AskAsync(".ams.routing.SubscribeAgentsState")).Body.GetProperty("subscriptionId").GetString();
            await socket.WaitForAsync(r => r.Type.EndsWith("AgentStateNotification", StringComparison.Ordinal) && r.Body.GetProperty("subscriptionId").GetString() == id);
        }
    }
}
