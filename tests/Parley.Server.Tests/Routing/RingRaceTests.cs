using System.Collections.Concurrent;
using System.Diagnostics;
using Parley.Conversations;
using Parley.Protocol;
using Parley.Server.Identity;
using Parley.Server.Ownership;
using Parley.Server.Tests.Ownership.Support;

namespace Parley.Server.Tests.Routing;

/// <summary>Eight agents accept the same ring at the same moment, from eight threads: one has it, and the others know that they have not.</summary>
public sealed class RingRaceTests
{
    private const int Agents = 8;

    // Sockets keep all that they were sent: a new floor now and then keeps that small.
    private const int PerFloor = 400;

    // Of which the time is not taken: they compile what they run.
    private const int WarmUp = 20 * (Agents - 1);

    [Theory]
    [InlineData(false, 240, 9_000)]
    [InlineData(true, 60, 1_000)]
    public async Task One_of_eight_who_accept_at_once_has_the_conversation_and_the_others_are_told(bool onDisk, int sample, int all)
    {
        var random = Sampling.Random();
        var delays = new List<double>();
        for (var left = Sampling.Count(sample, all); left > 0; left -= PerFloor)
        {
            await using var floor = onDisk ? await Floor.OpenOnDiskAsync() : await Floor.OpenAsync();
            var skill = await floor.SkillAsync("boats", new SkillSettings { RingAgents = Agents });
            await PlayAsync(floor, skill, Math.Min(left, PerFloor), random, delays);
        }

        delays.RemoveRange(0, WarmUp);
        delays.Sort();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{delays.Count} losers told after the commit: p50 {At(0.5):0.00} ms, p99 {At(0.99):0.00} ms, longest {delays[^1]:0.00} ms");

        double At(double share) => delays[(int)(share * (delays.Count - 1))];
    }

    private static async Task PlayAsync(Floor floor, string skill, int rings, Random random, List<double> delays)
    {
        // As many slots as rings at once: one that is not given back is missed in a later round.
        const int AtOnce = 4;
        var agents = new List<TestAgent>();
        for (var i = 0; i < Agents; i++) agents.Add(await floor.AgentAsync($"agent-{i}", AtOnce, dialect: (Dialect)(i % 3)));
        var won = new ConcurrentDictionary<string, long>();
        string[] round = [];
        floor.Messaging.Journal.GroupCompleted += () =>
        {
            var now = Stopwatch.GetTimestamp();
            foreach (var id in Volatile.Read(ref round))
            {
                if (!won.ContainsKey(id) && floor.Messaging.Journal.Load(id)?.AssignedAgent is not null) won[id] = now;
            }
        };
        while (rings > 0)
        {
            var from = agents.Select(a => a.Socket.Count).ToArray();
            var ids = new string[Math.Min(rings, random.Next(1, AtOnce + 1))];
            rings -= ids.Length;
            for (var i = 0; i < ids.Length; i++) ids[i] = await floor.OpenAsync(skill);
            Volatile.Write(ref round, ids);
            var rung = await Task.WhenAll(agents.Select((agent, i) => Task.WhenAll(ids.Select(id => RingAsync(agent, id, from[i])))));
            Assert.Equal(Agents * ids.Length, rung.SelectMany(of => of).Select(ring => ring.Id).Distinct().Count());

            var requests = AcceptAtOnce(agents, rung, random);
            var told = new List<(string Id, long At)>();
            for (var i = 0; i < ids.Length; i++) await CheckAsync(floor, agents, from, ids[i], [.. rung.Select(of => of[i])], [.. requests.Select(of => of[i])], told);
            foreach (var id in ids) await floor.CloseAsync(id);
            delays.AddRange(told.Select(t => Math.Max(0, Stopwatch.GetElapsedTime(won[t.Id], t.At).TotalMilliseconds)));
        }

        await floor.SettledAsync();
        var (waiting, used, ringing) = await floor.Messaging.Services.Routing.Of(TestMessaging.Account).ReadAsync((table, _, _) =>
            (table.Waiting, table.Agents.Sum(a => a.UsedSlots), table.Agents.Sum(a => a.Rings)));
        Assert.Equal((0, 0m, 0), (waiting, used, ringing));
    }

    // The requests by agent and conversation; everybody takes the conversations in an order of his own.
    private static string[][] AcceptAtOnce(List<TestAgent> agents, RingSeen[][] rung, Random random)
    {
        using var start = new Barrier(agents.Count);
        var requests = rung.Select(of => new string[of.Length]).ToArray();
        var threads = agents.Select((agent, i) =>
        {
            var order = Enumerable.Range(0, rung[i].Length).ToArray();
            random.Shuffle(order);
            var thread = new Thread(() =>
            {
                start.SignalAndWait();
                foreach (var k in order)
                    requests[i][k] = agent.Socket.Send(".ams.routing.UpdateRingState", new { ringId = rung[i][k].Id, ringState = "ACCEPTED" });
            });
            thread.Start();
            return thread;
        }).ToList();
        threads.ForEach(thread => thread.Join());
        return requests;
    }

    private static async Task CheckAsync(
        Floor floor, List<TestAgent> agents, int[] from, string id, RingSeen[] rings, string[] requests, List<(string Id, long At)> losers)
    {
        var codes = new int[agents.Count];
        for (var i = 0; i < agents.Count; i++) codes[i] = (await agents[i].Socket.WaitForAsync(r => r.AnswerTo == requests[i], from[i])).Code;
        var winner = Array.IndexOf(codes, 202);
        Assert.Equal([202, .. Enumerable.Repeat(409, Agents - 1)], codes.Order());
        Assert.Equal(agents[winner].Profile.Login, floor.AssignedTo(id));
        Assert.Equal(Agents - 1, floor.Messaging.State(id).Rings.Count(r => r.State == RingState.Cancelled));

        for (var i = 0; i < agents.Count; i++)
        {
            var end = i == winner ? "ACCEPTED" : "CANCELLED";
            var told = await agents[i].Socket.WaitForAsync(r => r.Rings.Any(x => x.Id == rings[i].Id && x.State != "WAITING"), from[i]);
            Assert.Equal(["WAITING", end], agents[i].Socket.From(from[i]).SelectMany(r => r.Rings).Where(x => x.Id == rings[i].Id).Select(x => x.State));
            Assert.Equal(i == winner, told.Body.GetProperty("changes")[0].GetProperty("result").GetProperty("taskCompleted").GetBoolean());
            if (i != winner) losers.Add((id, told.At));
        }
    }

    private static async Task<RingSeen> RingAsync(TestAgent agent, string id, int from) =>
        (await agent.Socket.WaitForAsync(r => r.Rings.Any(x => x.ConversationId == id), from)).Rings.First(x => x.ConversationId == id);
}
