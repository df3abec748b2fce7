using Parley.Protocol;
using Parley.Server.Identity;
using Parley.Server.Tests.Ownership.Support;

namespace Parley.Server.Tests.Routing;

/// <summary>An agent at his socket who follows his rings.</summary>
internal sealed class TestAgent(AgentProfile profile, TestSocket socket)
{
    public AgentProfile Profile => profile;
    public TestSocket Socket => socket;

    public static async Task<TestAgent> ConnectAsync(TestMessaging messaging, AgentProfile profile, Dialect dialect = Dialect.V2)
    {
        var socket = messaging.Agent(profile, dialect);
        Assert.Equal(200, (await socket.AskAsync(".ams.routing.SubscribeRoutingTasks")).Code);
        return new TestAgent(profile, socket);
    }

    public async Task SetAsync(string availability) =>
        Assert.Equal(202, (await socket.AskAsync(".ams.routing.SetAgentState", new { availability })).Code);

    /// <summary>The ring for a conversation, when it comes.</summary>
    public async Task<RingSeen> RingAsync(string conversationId, string? except = null) =>
        (await socket.WaitForAsync(r => r.Rings.Any(x => IsIt(x, conversationId, except)))).Rings.First(x => IsIt(x, conversationId, except));

    public async Task SeesAsync(string ringId, string state) => await socket.WaitForAsync(r => r.Rings.Any(x => x.Id == ringId && x.State == state));

    /// <summary>What he was told of his rings for a conversation so far, in order.</summary>
    public IReadOnlyList<RingSeen> RingsOf(string conversationId) => [.. socket.From(0).SelectMany(r => r.Rings).Where(r => r.ConversationId == conversationId)];

    /// <summary>Takes a conversation that rings at him.</summary>
    public async Task AcceptAsync(string conversationId, string? except = null) => await AnswerAsync(await RingAsync(conversationId, except), "ACCEPTED");

    public Task<Received> TryAnswerAsync(string ringId, string ringState) => socket.AskAsync(".ams.routing.UpdateRingState", new { ringId, ringState });

    public async Task AnswerAsync(RingSeen ring, string state) => Assert.Equal(202, (await TryAnswerAsync(ring.Id, state)).Code);

    /// <summary>Returns when routing has done all it was told before.</summary>
    public async Task SettledAsync()
    {
        // Routing handles one message after the other; the first notification of a subscription is one of them. Twice, because
        // what a message causes to be stored comes back as another.
        for (var i = 0; i < 2; i++)
        {
            var id = (await socket.AskAsync(".ams.routing.SubscribeAgentsState")).Body.GetProperty("subscriptionId").GetString();
            await socket.WaitForAsync(r => r.Type.EndsWith("AgentStateNotification", StringComparison.Ordinal) && r.Body.GetProperty("subscriptionId").GetString() == id);
        }
    }

    private static bool IsIt(RingSeen ring, string conversationId, string? except) =>
        ring.State == "WAITING" && ring.ConversationId == conversationId && ring.Id != except;
}
