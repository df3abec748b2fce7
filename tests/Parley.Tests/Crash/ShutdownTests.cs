using System.Diagnostics;
using Parley.Client;

namespace Parley.Tests.Crash;

/// <summary>How a server ends that is asked to, and who may not begin beside one that runs.</summary>
[Collection(Processes.Alone)]
public sealed class ShutdownTests
{
    private const int Sockets = 8;
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_server_that_is_asked_to_end_answers_all_it_keeps_and_closes_with_1001()
    {
        using var folder = new TemporaryFolder();
        await using var server = new ServerProcess(folder.Path);
        await server.StartAsync();
        using var http = new HttpMessageInvoker(new SocketsHttpHandler());
        List<(string Jwt, string Conversation, Pipeline Pipeline)> consumers = [];
        for (int i = 0; i < Sockets; i++)
        {
            await using ConsumerClient consumer = await ConsumerClient.SignUpAsync(server.Endpoints);
            await consumer.ConnectAsync();
            string conversation = await consumer.RequestConversationAsync();
            consumers.Add((consumer.Jwt, conversation, await Pipeline.OpenAsync(server.Endpoints, http, consumer.Jwt, conversation)));
        }

        Task<SocketClosure>[] running = [.. consumers.Select(c => Task.Run(c.Pipeline.RunAsync))];
        await Task.WhenAll(consumers.Select(c => c.Pipeline.Busy));
        long asked = Stopwatch.GetTimestamp();
        server.Terminate();
        Assert.Equal(0, (await server.EndedAsync()).Status);
        Assert.InRange(Stopwatch.GetElapsedTime(asked), TimeSpan.Zero, Prompt);
        Assert.All(await Task.WhenAll(running), closure => Assert.Equal(1001, closure.Code));

        await server.StartAsync();
        foreach ((string jwt, string conversation, Pipeline pipeline) in consumers)
        {
            await using (pipeline)
            {
                Assert.Empty(pipeline.Refused);
                await using var reader = new ConsumerClient(server.Endpoints, jwt);
                await reader.ConnectAsync();
                Readback.AssertKept(pipeline.Acknowledged, await Readback.QueryAsync(reader, conversation));
            }
        }
    }

    [Fact]
    public async Task A_second_server_on_the_same_folder_is_refused_and_the_first_goes_on()
    {
        using var folder = new TemporaryFolder();
        await using var first = new ServerProcess(folder.Path);
        await using var second = new ServerProcess(folder.Path);
        await first.StartAsync();
        second.Launch();
        (int status, string error) = await second.EndedAsync();
        Assert.Equal(1, status);
        Assert.StartsWith("parley: ", error, StringComparison.Ordinal);
        Assert.Contains(folder.Path, error, StringComparison.Ordinal);
        Assert.Contains("in use by another process", error, StringComparison.Ordinal);
        await using ConsumerClient consumer = await ConsumerClient.SignUpAsync(first.Endpoints);
        await consumer.ConnectAsync();
        await consumer.RequestConversationAsync();
    }
}
