using Parley.Client;

namespace Parley.Tests.Crash;

/// <summary>The promises, kept by a process that is killed again and again while clients use it.</summary>
[Collection(Processes.Alone)]
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int Publishers = 16;

    /// <summary>The product's figure; held where the machine is not busy with other tests.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task What_was_acknowledged_is_there_once_under_its_number_however_often_the_server_is_killed()
    {
        using var folder = new TemporaryFolder();
        await using var server = new ServerProcess(folder.Path);
        await server.StartAsync();
        var kills = new Kills(10, 200);
        Publisher[] publishers = await Task.WhenAll(Enumerable.Range(0, Publishers).Select(_ => Publisher.StartAsync(server.Endpoints)));
        for (int i = 0; i < kills.Count; i++)
        {
            await kills.StrikeAsync(server);
            foreach (Publisher publisher in publishers) publisher.Refill();
        }

        int[] messages = await Task.WhenAll(publishers.Select(publisher => FinishAsync(server.Endpoints, publisher)));

        output.WriteLine($"{messages.Sum()} messages, longest start {server.LongestStart.TotalSeconds:0.00} s, costliest {server.CostliestStart.TotalSeconds:0.00} s of processor time");
        Assert.True(messages.Sum() > kills.Count * Publishers, $"Only {messages.Sum()} messages were published.");
        if (Kills.All) Assert.True(server.LongestStart <= StartLimit, $"A start took {server.LongestStart}.");
    }

    private static async Task<int> FinishAsync(ParleyEndpoints endpoints, Publisher publisher)
    {
        await using (publisher)
        {
            (IReadOnlyList<Stored> acknowledged, IReadOnlyList<Stored> heard) = await publisher.FinishAsync();
            Readback.AssertKept(acknowledged, heard);
            await using var stranger = new ConsumerClient(endpoints, publisher.Jwt);
            await stranger.ConnectAsync();
            Readback.AssertKept(acknowledged, await Readback.ReplayAsync(stranger, publisher.Conversation, acknowledged.Count));
            Readback.AssertKept(acknowledged, await Readback.QueryAsync(stranger, publisher.Conversation));
            return acknowledged.Count;
        }
    }
}
