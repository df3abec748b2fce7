using Parley.Client;

namespace Parley.Tests.Crash;

/// <summary>The agent's side of the promises: what is distributed to him, and what he finds when he asks again after a crash.</summary>
[Collection(Processes.Alone)]
public sealed class AgentCrashTests
{
    private const int Conversations = 3;

    [Fact]
    public async Task An_agent_hears_what_the_consumers_said_and_finds_the_same_after_every_crash()
    {
        using var folder = new TemporaryFolder();
        await using var server = new ServerProcess(folder.Path);
        await server.StartAsync();
        await using var agent = new AgentClient(
            server.Endpoints, AgentCredentials.Password("agent1", server.Variable("LP_PASS")),
            new AgentClientOptions { AutoAccept = true, Reconnect = Publisher.Impatient, RetryFor = TimeSpan.FromHours(1) });
        await agent.ConnectAsync();
        await agent.SetStateAsync(AgentAvailability.Online);
        Publisher[] publishers = await Task.WhenAll(Enumerable.Range(0, Conversations).Select(_ => Publisher.StartAsync(server.Endpoints)));
        Dictionary<string, List<Stored>> heard = publishers.ToDictionary(p => p.Conversation, _ => new List<Stored>());
        await AssignedAsync(agent, heard.Keys);
        Task[] hearing = [.. heard.Select(h => Task.Run(() => HearAsync(agent, h.Key, h.Value)))];

        var kills = new Kills(5, 50);
        for (int i = 0; i < kills.Count; i++)
        {
            await kills.StrikeAsync(server);
            foreach (Publisher publisher in publishers) publisher.Refill();
            foreach ((string conversation, List<Stored> live) in heard)
            {
                Stored[] before = Copy(live);
                Assert.Equal(before, await Readback.QueryAsync(agent, conversation, olderThan: before.Length));
            }
        }

        var finished = await Task.WhenAll(publishers.Select(p => p.FinishAsync()));
        await Task.WhenAll(hearing);
        foreach ((Publisher publisher, var said) in publishers.Zip(finished))
        {
            Readback.AssertKept(said.Acknowledged, heard[publisher.Conversation]);
            await publisher.DisposeAsync();
        }
    }

    private static async Task AssignedAsync(AgentClient agent, IEnumerable<string> conversations)
    {
        HashSet<string> missing = [.. conversations];
        await foreach (ConversationChange change in agent.SubscribeConversationsAsync(new() { OnlyMine = true }))
        {
            missing.Remove(change.Conversation.Id);
            if (missing.Count == 0) return;
        }
    }

    private static async Task HearAsync(AgentClient agent, string conversation, List<Stored> heard)
    {
        await foreach (MessageEvent message in agent.SubscribeMessagesAsync(conversation))
        {
            if (message.Sequence is null) continue; // the server tells of consumers who come and go
            lock (heard) heard.Add(Stored.Read(message));
            if (message.Text == Publisher.Last) return;
        }
    }

    private static Stored[] Copy(List<Stored> heard)
    {
        lock (heard) return [.. heard];
    }
}
