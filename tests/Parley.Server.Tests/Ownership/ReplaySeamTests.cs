using Parley.Journal.Sqlite;
using Parley.Protocol;
using Parley.Server.Identity;
using Parley.Server.Tests.Ownership.Support;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Ownership;

/// <summary>Promise 3: from any number everything, then live, with nothing missing or doubled at the seam.</summary>
public sealed class ReplaySeamTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_subscription_from_any_number_misses_and_doubles_nothing(bool byAgent)
    {
        var random = Sampling.Random();
        await using var messaging = await TestMessaging.StartOnDiskAsync();
        var agent = await messaging.AddAgentAsync("agent");
        using var settling = new CancellationTokenSource();
        var settler = SettleAsync(messaging.Journal.Of<SqliteJournal>(), settling.Token);
        var rounds = Sampling.Count(500, 5_000);
        const int perConversation = 50;
        for (var done = 0; done < rounds; done += perConversation)
        {
            var id = await messaging.OpenAssignedAsync("consumer", agent);
            var seam = new Seam(id, messaging.Consumer("consumer"), messaging.Agent(agent), byAgent ? messaging.Agent(agent) : messaging.Consumer("consumer"), byAgent);
            await seam.BeginAsync();
            for (var i = 0; i < perConversation; i++) await seam.TryAsync(random);
        }

        await settling.CancelAsync();
        await settler;
    }

    [Fact]
    public async Task A_new_subscription_of_a_socket_takes_the_place_of_the_running_one()
    {
        var random = Sampling.Random();
        var (messaging, _) = await TestMessaging.StartInMemoryAsync();
        await using var _ = messaging;
        var id = await messaging.OpenAssignedAsync("consumer", null);
        var consumer = messaging.Consumer("consumer");
        for (var i = 0; i < 600; i++) consumer.Say(id, "before");
        await consumer.SayAsync(id, "the last");
        var reader = messaging.Consumer("consumer");
        for (var i = Sampling.Count(100, 2_000); i > 0; i--)
        {
            var position = reader.Count;
            var last = "";
            var from = 0L;
            for (var n = random.Next(2, 5); n > 0; n--) last = reader.Subscribe(id, from = random.Next(0, 601));
            var start = reader.PositionOf(await reader.WaitForAsync(r => r.AnswerTo == last, position));
            var number = await consumer.SayAsync(id, "live");
            await reader.WaitForAsync(r => r.Numbers.Contains(number), start);
            await reader.SyncAsync();

            Assert.Equal(Numbers(from, number), reader.From(start).SelectMany(r => r.Numbers));
        }
    }

    [Fact]
    public async Task An_agents_subscription_takes_the_place_of_the_distribution_on_its_socket_alone()
    {
        var (messaging, _) = await TestMessaging.StartInMemoryAsync();
        await using var _ = messaging;
        var agent = await messaging.AddAgentAsync("agent");
        var id = await messaging.OpenAssignedAsync("consumer", agent);
        var consumer = messaging.Consumer("consumer");
        TestSocket subscribed = messaging.Agent(agent), distributed = messaging.Agent(agent, Dialect.V21);
        await consumer.SayAsync(id, "zero");
        await subscribed.AnswerAsync(subscribed.Subscribe(id, 0));
        await consumer.SayAsync(id, "one");
        await subscribed.WaitForAsync(r => r.Numbers.Contains(1));
        await subscribed.SyncAsync();
        await distributed.SyncAsync();

        Assert.Equal([0, 0, 1], subscribed.From(0).SelectMany(r => r.Numbers)); // zero was distributed before it subscribed
        Assert.Equal([0, 1], distributed.From(0).SelectMany(r => r.Numbers));
    }

    [Fact]
    [Checklist(11)]
    public async Task Private_events_are_shown_to_no_consumer_neither_replayed_nor_live()
    {
        var (messaging, _) = await TestMessaging.StartInMemoryAsync();
        await using var _ = messaging;
        var agent = await messaging.AddAgentAsync("agent");
        var id = await messaging.OpenAssignedAsync("consumer", agent);
        TestSocket consumer = messaging.Consumer("consumer"), speaker = messaging.Agent(agent);
        await speaker.SayAsync(id, "secret before", isPrivate: true);
        await speaker.SayAsync(id, "public before");
        await consumer.AnswerAsync(consumer.Subscribe(id, 0));
        await speaker.SayAsync(id, "secret live", isPrivate: true);
        await speaker.SayAsync(id, "public live");
        await consumer.WaitForAsync(r => r.Numbers.Contains(3));

        Assert.Equal([1, 3], consumer.From(0).SelectMany(r => r.Numbers));
        Assert.DoesNotContain(consumer.From(0), r => r.Json.ToString().Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_empty_replay_says_so_once()
    {
        var (messaging, _) = await TestMessaging.StartInMemoryAsync();
        await using var _ = messaging;
        var id = await messaging.OpenAssignedAsync("consumer", null);
        var consumer = messaging.Consumer("consumer");
        await consumer.AnswerAsync(consumer.Subscribe(id, 0));
        await consumer.SayAsync(id, "live");
        await consumer.WaitForAsync(r => r.Numbers.Contains(0));

        Assert.Equal([0, 1], consumer.From(0).Where(r => r.Type == "ms.MessagingEventNotification").Select(r => r.Events.Count()));
    }

    [Fact]
    public async Task A_replay_reads_no_further_ahead_than_its_slow_reader()
    {
        var (messaging, _) = await TestMessaging.StartInMemoryAsync();
        await using var _ = messaging;
        var id = await FillAsync(messaging, 10_000);
        var reader = messaging.Consumer("consumer", reads: false);
        var before = messaging.Journal.EventsRead;
        reader.Subscribe(id, 0);
        var seen = 0;
        while (seen < 10_000)
        {
            Assert.True(await reader.ReadSomeAsync());
            seen = reader.From(0).Sum(r => r.Numbers.Count());
            Assert.InRange(messaging.Journal.EventsRead - before - seen, 0, 2_000);
        }

        Assert.Equal(Numbers(0, 9_999), reader.From(0).SelectMany(r => r.Numbers));
    }

    // Once, a replay did not look at what was held back behind an answer that was due first: it read the whole dialog into memory,
    // and the next live notification cut the socket for being slow.
    [Fact]
    public async Task A_replay_waits_while_an_earlier_answer_is_outstanding()
    {
        var (messaging, journal) = await TestMessaging.StartInMemoryAsync(limits: new() { OutboundBytes = 512 * 1024 });
        await using var _ = messaging;
        var id = await FillAsync(messaging, 10_000);
        var other = await messaging.OpenAssignedAsync("consumer", null);
        var reader = messaging.Consumer("consumer");
        var before = messaging.Journal.Appended;
        var read = messaging.Journal.EventsRead;
        journal.Hold();
        reader.Say(other, "waits for the disk");
        var subscribed = reader.Subscribe(id, 0);
        await messaging.Journal.AppendedAsync(before + 1);
        for (var i = 0; i < 20; i++) await reader.SyncAsync();

        Assert.InRange(messaging.Journal.EventsRead - read, 0, 1_000);
        journal.Release();
        await reader.AnswerAsync(subscribed);
        await reader.WaitForAsync(r => r.Numbers.Contains(9_999));
        Assert.Equal(Numbers(0, 9_999), reader.From(0).SelectMany(r => r.Numbers));
    }

    private static IEnumerable<long> Numbers(long from, long through) => Enumerable.Range((int)from, (int)(through - from + 1)).Select(n => (long)n);

    private static async Task<string> FillAsync(TestMessaging messaging, int events)
    {
        var id = await messaging.OpenAssignedAsync("consumer", null);
        var consumer = messaging.Consumer("consumer");
        var last = "";
        for (var i = 0; i < events; i++) last = consumer.Say(id, "something that takes a little room on its way");
        await consumer.AnswerAsync(last);
        return id;
    }

    private static async Task SettleAsync(SqliteJournal journal, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            await journal.SettleAsync();
            await Task.Yield();
        }
    }

    private sealed class Seam(string id, TestSocket consumer, TestSocket agent, TestSocket reader, bool seesPrivate)
    {
        private readonly HashSet<long> _private = [];
        private long _next;

        public async Task BeginAsync() => _next = await consumer.SayAsync(id, "hello") + 1;

        /// <summary>Subscribes from somewhere while others publish, once or several times, and looks at what came.</summary>
        public async Task TryAsync(Random random)
        {
            var position = reader.Count;
            var from = Math.Max(0, _next - random.Next(0, random.Next(8) == 0 ? 300 : 30));
            var publishers = Task.WhenAll(PublishAsync(random.Next(), isConsumer: true), PublishAsync(random.Next(), isConsumer: false));
            for (var spin = random.Next(0, 2_000); spin > 0; spin--) Thread.SpinWait(1);
            var answer = await reader.WaitForAsync(Answers(reader.Subscribe(id, from)), position);
            var start = reader.PositionOf(answer);
            var published = await publishers;
            foreach (var (number, isPrivate) in published.SelectMany(p => p))
            {
                if (isPrivate) _private.Add(number);
                _next = Math.Max(_next, number + 1);
            }

            var end = (await consumer.AnswerAsync(consumer.Say(id, "the end of this round"))).Number();
            _next = end + 1;
            await reader.WaitForAsync(r => r.Numbers.Contains(end), start);
            Assert.Equal(Numbers(from, end).Where(n => seesPrivate || !_private.Contains(n)), reader.From(start).SelectMany(r => r.Numbers));
        }

        private static Predicate<Received> Answers(string requestId) => r => r.AnswerTo == requestId;

        private async Task<List<(long Number, bool IsPrivate)>> PublishAsync(int seed, bool isConsumer)
        {
            await Task.Yield();
            var random = new Random(seed);
            var socket = isConsumer ? consumer : agent;
            var sent = new List<(string Id, bool IsPrivate)>();
            for (var i = random.Next(0, 4); i > 0; i--)
            {
                var isReceipt = random.Next(3) == 0;
                var isPrivate = !isConsumer && !isReceipt && random.Next(2) == 0;
                sent.Add((isReceipt ? socket.Receipt(id, 0) : socket.Say(id, $"{i}", isPrivate: isPrivate), isPrivate));
            }

            var numbers = new List<(long, bool)>();
            foreach (var (request, isPrivate) in sent) numbers.Add(((await socket.AnswerAsync(request)).Number(), isPrivate));
            return numbers;
        }
    }
}
