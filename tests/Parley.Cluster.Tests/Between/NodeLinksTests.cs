using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Parley.Cluster.Between;
using Parley.Cluster.Membership;
using Parley.Journal.Tests.Postgres.Support;

namespace Parley.Cluster.Tests.Between;

/// <summary>Links between real silos.</summary>
public sealed class NodeLinksTests
{
    [Fact]
    public async Task Two_nodes_tell_each_other_things_in_order_and_notice_when_one_has_gone()
    {
        await using var database = new TestDatabase();
        var (a, b) = (new Node(database), new Node(database));
        await a.Host.StartAsync(TestContext.Current.CancellationToken);
        await b.Host.StartAsync(TestContext.Current.CancellationToken);

        for (var i = 0; i < 10_000; i++)
        {
            a.Say(b, i);
            b.Say(a, i);
        }

        foreach (var (node, other) in new[] { (a, b), (b, a) })
        {
            Assert.Equal($"restarted {other.Address}", node.Next());
            for (var i = 0; i < 10_000; i++) Assert.Equal($"{i} of {other.Address}", node.Next());
        }

        await b.Host.StopAsync(TestContext.Current.CancellationToken);
        a.Say(b, 0);
        Assert.Equal($"broke {b.Address}", a.Next());
        await a.Host.StopAsync(TestContext.Current.CancellationToken);
    }

    private sealed class Node : INodeHearing
    {
        private readonly BlockingCollection<string> _heard = [];

        public Node(TestDatabase database)
        {
            var host = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
            host.Logging.ClearProviders();
            host.UseOrleans(silo => silo
                .UsePostgresMembership(database.Source)
                .AddNodeLinks(_ => this, OutgoingStreamOptions.Default)
                .Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = ("parley", "parley"))
                .ConfigureEndpoints(IPAddress.Loopback, FreePort(), gatewayPort: 0));
            Host = host.Build();
        }

        public IHost Host { get; }

        public SiloAddress Address => Host.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;

        public void Say(Node to, int what)
        {
            var item = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(item, what);
            Host.Services.GetRequiredService<NodeLinks>().Send(to.Address, item);
        }

        public string Next() => _heard.Take(TestContext.Current.CancellationToken);

        public byte[]? Greeting() => null;

        public void Began(SiloAddress receiver)
        {
        }

        public void Hear(SiloAddress sender, ReadOnlySpan<byte> item) => _heard.Add($"{BinaryPrimitives.ReadInt32LittleEndian(item)} of {sender}");

        public void Restarted(SiloAddress sender, bool isAnother) => _heard.Add($"restarted {sender}");

        public void Broke(SiloAddress receiver) => _heard.Add($"broke {receiver}");

        private static int FreePort()
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            return ((IPEndPoint)socket.LocalEndPoint!).Port;
        }
    }
}
