using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Parley.Cluster.Membership;
using Parley.Journal.Tests.Postgres.Support;

namespace Parley.Cluster.Tests.Membership;

/// <summary>Real silos on the membership table.</summary>
public sealed class SiloTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Two_silos_find_each_other_and_one_sees_the_other_stop()
    {
        await using var database = new TestDatabase();
        using var first = Silo(database);
        using var second = Silo(database);
        await first.StartAsync();
        await second.StartAsync();
        var leaving = second.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
        await Sees(first, leaving, SiloStatus.Active);
        await Sees(second, first.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress, SiloStatus.Active);

        await second.StopAsync();
        await Sees(first, leaving, SiloStatus.Dead);
        await first.StopAsync();
    }

    private static async Task Sees(IHost silo, SiloAddress other, SiloStatus status)
    {
        using var patience = new CancellationTokenSource(Patience);
        var membership = silo.Services.GetRequiredService<IClusterMembershipService>();
        await foreach (var view in membership.MembershipUpdates.WithCancellation(patience.Token))
        {
            if (view.GetSiloStatus(other) == status) return;
        }
    }

    private static IHost Silo(TestDatabase database)
    {
        var host = Host.CreateApplicationBuilder();
        host.Logging.ClearProviders();
        host.UseOrleans(silo => silo
            .UsePostgresMembership(database.Source)
            .Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = ("parley", "parley"))
            .ConfigureEndpoints(IPAddress.Loopback, FreePort(), gatewayPort: 0));
        return host.Build();
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
