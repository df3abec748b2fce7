using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Time.Testing;
using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Routing;

/// <summary>What operators can watch: figures by account, and the log when a skill's queue is too slow.</summary>
public sealed class RoutingMetricsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly ConcurrentDictionary<(string Account, string Name), double> _values = [];
    private readonly MeterListener _listener = new();

    // Not by /metrics: the exporter takes instruments of the same name for one, and other tests have servers that end meanwhile.
    public RoutingMetricsTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Parley.Routing") listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Figures_of_routing_are_told_by_account_and_a_slow_skill_is_logged_once()
    {
        await using var server = await MessagingServer.StartAsync(o => (o.Limits.IdleSeconds, o.Limits.RateLimits) = (int.MaxValue, false), _time);
        var account = await server.NewAccountAsync(new AccountSettings { TtrPrioritizedSeconds = 100 });
        await using var agent = await server.AgentAsync(account, await server.LoginAsync(account, skills: ["1"], slots: 1));
        await server.LoginAsync(account);
        await using var consumer = await server.ConsumerAsync(account);
        await agent.DoAsync(".ams.routing.SubscribeRoutingTasks");
        var first = await Talk.OpenConversationAsync(consumer, """{"skillId":"1"}""");
        var second = await Talk.OpenConversationAsync(consumer, """{"skillId":"1"}""");
        await SettledAsync(agent);
        _time.Advance(TimeSpan.FromSeconds(130));
        await SettledAsync(agent);

        // The first conversation of a consumer is promised an answer within 100 seconds, the second within an hour.
        Assert.Equal((2, 1, 130), (Value(account, "waiting"), Value(account, "overdue"), Math.Floor(Value(account, "wait.longest"))));
        Assert.Equal((0, 2), (Value(account, "agents ONLINE"), Value(account, "agents OFFLINE")));
        Assert.Single(Logged(server, "Warning 3010 ", account));
        await agent.DoAsync(".ams.routing.SetAgentState", """{"availability":"ONLINE"}""");
        var ring = await agent.NotificationAsync(".ams.routing.RoutingTaskNotification", f => (string?)f.Change?["result"]?["conversationId"] == first);
        await SettledAsync(agent);
        Assert.Equal((1, 1, 1, 1), (Value(account, "rings.waiting"), Value(account, "rings.offered"), Value(account, "agents ONLINE"), Value(account, "agents OFFLINE")));

        await agent.DoAsync(".ams.routing.UpdateRingState", $$"""{"ringId":"{{(string)ring.Change!["result"]!["ringsDetails"]![0]!["ringId"]!}}","ringState":"ACCEPTED"}""");
        await SettledAsync(agent);
        Assert.Equal((1, 0, 0, 1), (Value(account, "waiting"), Value(account, "overdue"), Value(account, "rings.waiting"), Value(account, "rings.ended ACCEPTED")));
        Assert.Equal(130, Math.Floor(Value(account, "wait")));
        Assert.Empty(Logged(server, "Information 3011 ", account));

        await consumer.DoAsync("cm.UpdateConversationField", $$"""{"conversationId":"{{second}}","conversationField":[{"field":"ConversationStateField","conversationState":"CLOSE"}]}""");
        await SettledAsync(agent);
        Assert.Equal((0, 0), (Value(account, "waiting"), Value(account, "wait.longest")));
        Assert.Single(Logged(server, "Information 3011 ", account));
        Assert.Single(Logged(server, "Warning 3010 ", account));
    }

    private static IEnumerable<string> Logged(MessagingServer server, string head, string account) =>
        server.Logs.Where(line => line.StartsWith(head, StringComparison.Ordinal) && line.Contains($" account {account} "));

    private double Value(string account, string name)
    {
        _listener.RecordObservableInstruments();
        return _values.GetValueOrDefault((account, $"parley.routing.{name}"));
    }

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var state = tags.Length > 1 ? $" {tags[1].Value}" : "";
        _values.AddOrUpdate(((string)tags[0].Value!, instrument.Name + state), value, (_, before) => instrument.IsObservable ? value : before + value);
    }

    // Returns when routing has done all it was told before: the first notification of a subscription is one of its messages. Twice,
    // because what a message causes to be stored comes back as another.
    private static async Task SettledAsync(WireClient agent)
    {
        for (var i = 0; i < 2; i++)
        {
            var id = (string)(await agent.DoAsync(".ams.routing.SubscribeAgentsState")).Body!["subscriptionId"]!;
            await agent.NotificationAsync(".ams.routing.AgentStateNotification", f => (string?)f.Body!["subscriptionId"] == id);
        }
    }
}
