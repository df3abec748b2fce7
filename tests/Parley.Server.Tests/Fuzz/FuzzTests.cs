using System.Diagnostics;
using System.Text.Json;
using Parley.Protocol.Codes;
using Parley.Server.Identity;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Fuzz;

/// <summary>
/// A live server fed with requests, bodies and frames that are nearly right: it answers with the codes it documents, drops only the socket at fault,
/// and others notice nothing. For <c>PARLEY_FUZZ_SECONDS</c> (10; 60 in the long form).
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(
        int.TryParse(Environment.GetEnvironmentVariable("PARLEY_FUZZ_SECONDS"), out var seconds) ? seconds : Seed.IsLong ? 60 : 10);

    private static readonly HashSet<int> Codes = [.. WireCodes.All.Select(row => (int)row.Code)];
    private static readonly HashSet<int> CloseCodes = [.. Protocol.Codes.CloseCodes.All.Select(row => (int)row.Code)];

    [Fact]
    public async Task Whatever_arrives_the_server_answers_as_documented_and_others_notice_nothing()
    {
        var random = Seed.New();
        await using var server = await MessagingServer.StartAsync(o => o.Limits.RateLimits = false);
        await using var bystanders = await server.TalkAsync(await server.NewAccountAsync());
        await bystanders.Consumer.DoAsync("ms.SubscribeMessagingEvents", $$"""{"dialogId":"{{bystanders.ConversationId}}"}""");
        var account = await server.NewAccountAsync();
        await using var victims = await server.TalkAsync(account);
        var mutation = new Mutation(random, victims.ConversationId);
        var watch = Stopwatch.StartNew();
        int rounds = 0, requests = 0;

        for (; watch.Elapsed < Length; rounds++)
        {
            var path = await PathAsync(server, account, isAgent: rounds % 2 == 0);
            requests += await AskAsync(server, path, mutation, random);
            await SendFramesAsync(server, path, mutation, random);
            Assert.Equal($"{rounds}", await bystanders.Agent.PublishAsync(bystanders.ConversationId, $"{rounds}"));
            await bystanders.Consumer.NotificationAsync("ms.MessagingEventNotification", f => (int?)f.Change?["sequence"] == rounds);
        }

        output.WriteLine($"{rounds} rounds, {requests} requests");
        var faults = server.Logs.Where(line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Critical", StringComparison.Ordinal)).Take(3);
        Assert.Empty(faults);
        Assert.Equal(Enumerable.Range(0, rounds), bystanders.Consumer.Frames.Where(f => f.Change is not null).Select(f => (int)f.Change!["sequence"]!));
    }

    private static async Task<string> PathAsync(MessagingServer server, string account, bool isAgent) => isAgent
        ? $"{MessagingServer.BrandPath(account)}/{(string)(await server.LoginAsync(account, AgentRole.Manager))["bearer"]!}?v=2.1"
        : $"{MessagingServer.ConsumerPath(account)}&jwt={await server.SignupAsync(account)}";

    // Well-formed requests get one answer each, in order, on a socket that stays open.
    private static async Task<int> AskAsync(MessagingServer server, string path, Mutation mutation, Random random)
    {
        await using var socket = await OpenAsync(server, path);
        var count = random.Next(20, 60);
        string[] asked = [.. Enumerable.Range(0, count).Select(i => mutation.Request($"f{i}"))];
        var sending = socket.SendAsync([.. asked.Select(text => ClientFrame.Text(text))]);
        for (var next = 0; next < count;)
        {
            var frame = await socket.ReadAsync();
            Assert.True(frame is { Opcode: ClientFrame.TextOpcode }, frame is { Opcode: ClientFrame.CloseOpcode } ? $"Closed with {frame.CloseCode} before the answer to {asked[next]}" : "Ended");
            using var message = JsonDocument.Parse(frame.Text);
            if (message.RootElement.GetProperty("kind").GetString() != "resp") continue;
            var code = message.RootElement.GetProperty("code").GetInt32();
            var answered = message.RootElement.GetProperty("reqId").GetString();
            Assert.True(answered == $"f{next}" || (answered == "-1" && code == 400), $"{answered} instead of f{next}"); // -1: text that is no JSON value has no id
            Assert.True(Codes.Contains(code) && code != 500, $"{code} for {asked[next]}");
            next++;
        }

        await sending;
        return count;
    }

    // Anything at all: the server may close, with a code it documents, and must come to an end.
    private static async Task SendFramesAsync(MessagingServer server, string path, Mutation mutation, Random random)
    {
        await using var socket = await OpenAsync(server, path);
        try
        {
            for (var n = random.Next(1, 10); n > 0; n--) await socket.SendAsync(Frame(mutation, random));
            socket.EndSending();
        }
        catch (IOException)
        {
            // The server has closed already.
        }

        try
        {
            while (await socket.ReadAsync() is { } frame)
            {
                if (frame.Opcode != ClientFrame.CloseOpcode) continue;
                Assert.True(frame.Payload.Length == 0 || CloseCodes.Contains(frame.CloseCode) || frame.CloseCode is >= 1000 and < 5000, $"Closed with {frame.CloseCode}");
            }
        }
        catch (IOException)
        {
            // A reset is an end too.
        }
    }

    private static byte[] Frame(Mutation mutation, Random random)
    {
        var bytes = mutation.Bytes(mutation.Request("f"));
        switch (random.Next(6))
        {
            case 0: return ClientFrame.Build(random.Next(16), bytes, isFinal: random.Next(2) == 0, reserved: random.Next(8), isMasked: random.Next(4) > 0);
            case 1: return ClientFrame.Header(random.Next(3), (ulong)random.NextInt64());
            case 2: return bytes;
            default: return ClientFrame.Build(ClientFrame.TextOpcode, bytes);
        }
    }

    private static Task<RawSocket> OpenAsync(MessagingServer server, string path) => path.Split("&jwt=") is [var url, var jwt]
        ? server.OpenAsync(url, $"Authorization: jwt {jwt}")
        : server.OpenAsync(path);
}
