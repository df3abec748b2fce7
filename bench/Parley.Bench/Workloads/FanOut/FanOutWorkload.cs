using System.Diagnostics;
using Parley.Bench.Load;
using Parley.Bench.Machine;
using Parley.Bench.Reporting;
using Parley.Bench.Subjects;

namespace Parley.Bench.Workloads.FanOut;

/// <summary>One dialog with one who writes and many sockets that follow it. Closed loop: a publish is over when everybody has it.</summary>
internal sealed class FanOutWorkload(BenchFolders folders, FanOutSettings settings)
{
    private const long Publisher = -1;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<FanOutResult> RunAsync()
    {
        var data = folders.Fresh();
        var provenance = Provenance.Read(folders.Data);
        var cases = new List<FanOutCase>();
        foreach (var subscribers in settings.Subscribers)
        {
            using var server = ParleyProcess.Start(folders.Server, $"{data}-{subscribers}", Journals.Sqlite);
            using var api = new ParleyApi(server);
            cases.Add(Measure(server, await LoneConsumer.CreateAsync(server, api), subscribers));
            Console.WriteLine($"{subscribers} subscribers: {cases[^1].Deliveries.Text("N0")} deliveries/s");
            server.Stop();
        }

        return new FanOutResult(provenance, settings, cases);
    }

    private FanOutCase Measure(ParleyProcess server, LoneConsumer consumer, int subscribers)
    {
        using var epoll = new Epoll();
        using var publisher = consumer.Connect();
        epoll.Watch(publisher.Socket, Publisher);
        var template = consumer.Template(PublishTemplate.UsualBytes);
        var followers = new Follower[subscribers];
        for (var i = 0; i < subscribers; i++)
        {
            var socket = consumer.Connect();
            socket.Queue(consumer.Subscription());
            socket.Flush();
            followers[i] = new Follower(socket);
            epoll.Watch(socket.Socket, i);
        }

        var (published, answered, delivered) = (0L, 0L, 0L);
        Run(TimeSpan.FromSeconds(settings.WarmUpSeconds));
        var (deliveries, publishes, costs) = (new List<double>(), new List<double>(), new List<double>());
        var total = new CpuWatch(server.Id);
        for (var round = 0; round < settings.Rounds; round++)
        {
            var (deliveredBefore, answeredBefore, watch) = (delivered, answered, new CpuWatch(server.Id));
            Run(TimeSpan.FromSeconds(settings.Seconds));
            var cpu = watch.Stop();
            deliveries.Add(Math.Round((delivered - deliveredBefore) / cpu.Seconds));
            publishes.Add(Math.Round((answered - answeredBefore) / cpu.Seconds));
            costs.Add(Math.Round(cpu.ServerCores * cpu.Seconds * 1e6 / (delivered - deliveredBefore), 3));
        }

        var use = total.Stop();
        var end = Stopwatch.GetTimestamp();
        while (delivered < published * subscribers && Stopwatch.GetElapsedTime(end) < Patience) Turn(isPublishing: false);
        foreach (var follower in followers) follower.Dispose();
        return new FanOutCase
        {
            Subscribers = subscribers,
            DeliveriesPerSecond = deliveries,
            PublishesPerSecond = publishes,
            ServerMicrosecondsPerDelivery = costs,
            GeneratorCores = use.GeneratorCores,
            OtherCores = use.OtherCores,
            OutOfOrder = followers.Sum(follower => follower.OutOfOrder),
            Lost = published * subscribers - delivered,
        };

        void Run(TimeSpan duration)
        {
            var began = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(began) < duration) Turn(isPublishing: true);
        }

        // Nobody is left behind: the next publish waits until all have those before the window.
        void Turn(bool isPublishing)
        {
            if (isPublishing && published - answered < settings.InFlight && (published - settings.InFlight) * subscribers <= delivered)
            {
                for (; published - answered < settings.InFlight; published++) template.Queue(publisher, published);
                publisher.Flush();
            }

            var ready = epoll.Wait(100);
            for (var i = 0; i < ready; i++)
            {
                var token = epoll.Token(i);
                if (token == Publisher)
                {
                    if (publisher.Receive()) answered += LoneConsumer.TakeAnswers(publisher);
                    publisher.Flush();
                    continue;
                }

                delivered -= followers[token].Count;
                followers[token].Receive();
                delivered += followers[token].Count;
            }
        }
    }
}
