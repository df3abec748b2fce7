using Parley.Conversations;
using Parley.Server.Tests.Ownership.Support;

namespace Parley.Server.Tests.Routing;

/// <summary>Many agents and consumers who do as they please: nobody gets more than he can take, nobody is forgotten.</summary>
public sealed class RoutingModelTests
{
    [Fact]
    public async Task Nobody_gets_more_than_he_can_take_and_everybody_is_served_in_the_end()
    {
        var random = Sampling.Random();
        for (var times = Sampling.Count(2, 40); times > 0; times--) await TryAsync(random);
    }

    private static async Task TryAsync(Random random)
    {
        var (messaging, journal) = await TestMessaging.StartInMemoryAsync();
        await using var _ = messaging;
        var agents = new List<TestAgent>();
        for (var i = 0; i < 4; i++)
            agents.Add(await TestAgent.ConnectAsync(messaging, await messaging.AddAgentAsync($"agent {i}".Replace(' ', '-'), slots: random.Next(1, 4))));
        var consumer = messaging.Consumer("consumer");
        var open = new List<string>();
        for (var step = 0; step < 200; step++)
        {
            await ActAsync(random, messaging, agents, consumer, open);
            if (random.Next(10) == 0) CheckSlots(messaging, agents, open);
        }

        foreach (var agent in agents) await agent.SetAsync("ONLINE");
        while (open.Count > 0)
        {
            messaging.Time.Advance(TimeSpan.FromSeconds(1));
            foreach (var agent in agents) await AcceptAllAsync(messaging, agent, open);
            CheckSlots(messaging, agents, open);
            foreach (var id in open.Where(id => messaging.State(id).AssignedAgent is not null).ToList())
            {
                await consumer.AnswerAsync(consumer.Close(id));
                open.Remove(id);
            }
        }
    }

    private static async Task ActAsync(Random random, TestMessaging messaging, List<TestAgent> agents, TestSocket consumer, List<string> open)
    {
        var agent = agents[random.Next(agents.Count)];
        switch (random.Next(8))
        {
            case 0 or 1 when open.Count < 15:
                open.Add(await consumer.OpenAsync());
                break;
            case 2 when open.Count > 0:
                var closing = open[random.Next(open.Count)];
                open.Remove(closing);
                await consumer.AnswerAsync(consumer.Close(closing));
                break;
            case 3:
                await agent.SetAsync(random.Next(3) == 0 ? "AWAY" : "ONLINE");
                break;
            case 4:
                // Everybody answers at the same time, some twice.
                await Task.WhenAll(agents.Select(a => Task.WhenAll(AcceptAllAsync(messaging, a, open), AcceptAllAsync(messaging, a, open))));
                break;
            case 5:
                foreach (var ring in Waiting(messaging, agent, open)) await agent.TryAnswerAsync(ring.Id, "REJECTED");
                break;
            case 6 when random.Next(4) == 0:
                agent.Socket.Drop();
                agents.Remove(agent);
                agents.Add(await TestAgent.ConnectAsync(messaging, agent.Profile));
                break;
            default:
                messaging.Time.Advance(TimeSpan.FromSeconds(random.Next(1, 30)));
                break;
        }
    }

    private static Task AcceptAllAsync(TestMessaging messaging, TestAgent agent, List<string> open) =>
        Task.WhenAll(Waiting(messaging, agent, open).Select(ring => agent.TryAnswerAsync(ring.Id, "ACCEPTED")));

    private static IEnumerable<Ring> Waiting(TestMessaging messaging, TestAgent agent, List<string> open) =>
        [.. open.ToList().SelectMany(id => messaging.State(id).Rings).Where(r => r.State == RingState.Waiting && r.AgentId == agent.Profile.Pid)];

    private static void CheckSlots(TestMessaging messaging, List<TestAgent> agents, List<string> open)
    {
        var states = open.Select(messaging.State).ToList();
        foreach (var agent in agents)
        {
            var pid = agent.Profile.Pid;
            var used = states.Count(c => c.AssignedAgent?.UserId == pid || c.Rings.Any(r => r.State == RingState.Waiting && r.AgentId == pid));
            Assert.InRange(used, 0, agent.Profile.MaxSlots);
        }

        Assert.All(states, c => Assert.True(c.Rings.Count(r => r.State == RingState.Waiting) <= 1, "One conversation rings at two agents."));
    }
}
