using System.Collections.Concurrent;
using System.Globalization;
using Parley.Server.Identity;
using Parley.Server.Tests.Ownership.Support;

namespace Parley.Server.Tests.Routing;

/// <summary>A hundred agents work through five thousand conversations of five skills, each at his own pace.</summary>
public sealed class CapacityTests
{
    [Fact]
    public async Task Nobody_has_more_than_his_slots_or_another_skill_and_who_waits_longest_is_offered_first()
    {
        var random = Sampling.Random();
        await using var floor = await Floor.OpenAsync();
        var skills = new List<string>();
        foreach (var name in (string[])["boats", "cars", "planes", "trains", "trams"]) skills.Add(await floor.SkillAsync(name));
        var workers = new List<Worker>();
        for (var i = Sampling.Count(20, 100); i > 0; i--)
        {
            // Everybody has one skill at least, and every skill somebody.
            var own = skills.Where((_, k) => k == i % skills.Count || random.Next(3) == 0).ToArray();
            workers.Add(new Worker(await floor.AgentAsync($"agent-{i}", random.Next(1, 5), state: "AWAY", skills: own), own, new Random(random.Next())));
        }

        using var over = new CancellationTokenSource();
        var working = workers.Select(worker => worker.WorkAsync(over.Token)).ToList();
        var opened = new Dictionary<string, string>();
        var order = new List<string>();
        var conversations = Sampling.Count(400, 5_000);
        for (var i = 0; i < conversations; i++)
        {
            // Half of them wait when work begins, the others come meanwhile.
            if (i == conversations / 2) await Task.WhenAll(workers.Select(w => w.Agent.SetAsync("ONLINE")));
            var skill = skills[random.Next(skills.Count)];
            order.Add(await floor.OpenAsync(skill));
            opened[order[^1]] = skill;
        }

        // What everybody declined is offered again after a while; and who has nothing more to hear looks at what he has.
        while (workers.Sum(w => w.Closed) < order.Count)
        {
            Assert.DoesNotContain(working, work => work.IsFaulted);
            floor.Messaging.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAll(workers.Select(w => w.Agent.SetAsync("ONLINE")));
        }

        await over.CancelAsync();
        await Task.WhenAll(working);
        var rings = workers.SelectMany(w => w.Rings.Select(r => (Worker: w, Ring: r))).OrderBy(x => NumberOf(x.Ring)).ToList();
        Assert.All(rings, x => Assert.Contains(opened[x.Ring.ConversationId], x.Worker.Skills));
        foreach (var skill in skills)
        {
            var offered = rings.Select(x => x.Ring.ConversationId).Where(id => opened[id] == skill).Distinct();
            Assert.Equal(order.Where(id => opened[id] == skill), offered);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{order.Count} conversations, {rings.Count} rings, {workers.Count} agents with {workers.Sum(w => w.Agent.Profile.MaxSlots)} slots; what each had on his hands at most adds up to {workers.Sum(w => w.Most)}");
    }

    // Rings are numbered as they are decided on.
    private static long NumberOf(RingSeen ring) => long.Parse(ring.Id[(ring.Id.LastIndexOf('_') + 1)..], CultureInfo.InvariantCulture);

    /// <summary>Takes most of what rings, declines some, and closes what he has when he likes.</summary>
    private sealed class Worker(TestAgent agent, string[] skills, Random random)
    {
        private readonly HashSet<string> _hands = [];
        private readonly List<string> _assigned = [];
        private readonly Dictionary<string, RingSeen> _accepting = [];
        private readonly HashSet<string> _closing = [];

        public TestAgent Agent => agent;
        public string[] Skills => skills;
        public ConcurrentQueue<RingSeen> Rings { get; } = [];
        public int Most { get; private set; }
        public int Closed { get; private set; }

        public async Task WorkAsync(CancellationToken over)
        {
            for (var at = 0; ; at++)
            {
                while (agent.Socket.Count <= at)
                {
                    if (_hands.Count == agent.Profile.MaxSlots || random.Next(3) == 0) CloseOne();
                    var next = agent.Socket.WaitForAsync(_ => true, at);
                    if (await Task.WhenAny(next, Task.Delay(Timeout.Infinite, over)) != next) return;
                }

                Take(agent.Socket.From(at)[0]);
            }
        }

        private void Take(Received received)
        {
            foreach (var ring in received.Rings)
            {
                if (ring.State == "WAITING") Answer(ring);
                else if (ring.State != "ACCEPTED") _hands.Remove(ring.ConversationId);
            }

            if (received.AnswerTo is not { } request) return;
            if (_closing.Remove(request)) Closed++;
            if (!_accepting.Remove(request, out var accepted) || received.Code != 202) return;
            _assigned.Add(accepted.ConversationId);
        }

        private void Answer(RingSeen ring)
        {
            Rings.Enqueue(ring);
            _hands.Add(ring.ConversationId);
            Most = Math.Max(Most, _hands.Count);
            Assert.InRange(_hands.Count, 1, agent.Profile.MaxSlots);
            var accepts = random.Next(10) > 0;
            var request = agent.Socket.Send(".ams.routing.UpdateRingState", new { ringId = ring.Id, ringState = accepts ? "ACCEPTED" : "REJECTED" });
            if (accepts) _accepting[request] = ring;
        }

        // What he lets go is out of his hands before the server knows: then it never has too many for him by his own count.
        private void CloseOne()
        {
            if (_assigned.Count == 0) return;
            var id = _assigned[random.Next(_assigned.Count)];
            _assigned.Remove(id);
            _hands.Remove(id);
            _closing.Add(agent.Socket.Close(id));
        }
    }
}
