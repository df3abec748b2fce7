using Parley.Server.Identity;
using Parley.Server.Tests.Ownership.Support;

namespace Parley.Server.Tests.Routing;

/// <summary>What others hear of an agent's state (protocol 12.1, 12.2).</summary>
public sealed class AgentStateTests : IAsyncLifetime
{
    private TestMessaging _messaging = null!;

    public async ValueTask InitializeAsync() => (_messaging, _) = await TestMessaging.StartInMemoryAsync();

    public ValueTask DisposeAsync() => _messaging.DisposeAsync();

    [Theory]
    [InlineData("2", null, "Lunch")]
    [InlineData("2", "At the dentist", "At the dentist")]
    [InlineData("Fire drill", null, "Fire drill")]
    [InlineData(null, null, "")]
    public async Task A_reason_is_told_by_its_words(string? reason, string? description, string told)
    {
        var ada = await TestAgent.ConnectAsync(_messaging, await _messaging.AddAgentAsync("ada"));
        var boss = _messaging.Agent(await _messaging.AddAgentAsync("boss", AgentRole.Manager));
        Assert.Equal(200, (await boss.AskAsync(".ams.routing.SubscribeAgentsState", new { agentId = ada.Profile.OldId })).Code);
        Assert.Equal(202, (await ada.Socket.AskAsync(".ams.routing.SetAgentState", new { availability = "AWAY", reason, description })).Code);

        var seen = await boss.WaitForAsync(r => r.Type.EndsWith("AgentStateNotification", StringComparison.Ordinal) && r.Json.ToString().Contains("AWAY", StringComparison.Ordinal));
        Assert.Equal(told, seen.Body.GetProperty("changes")[0].GetProperty("result").GetProperty("description").GetString());
    }
}
