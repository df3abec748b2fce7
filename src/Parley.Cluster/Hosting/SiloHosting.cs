using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Configuration;
using Orleans.Connections.Security;
using Orleans.Hosting;
using Orleans.Runtime;
using Parley.Cluster.Between;
using Parley.Cluster.Membership;
using Parley.Server.Hosting;

namespace Parley.Cluster.Hosting;

/// <summary>Builds the part of a node that Orleans is.</summary>
internal static class SiloHosting
{
    private const string Name = "parley";

    /// <param name="database">Where nodes find each other.</param>
    /// <param name="between">Where they reach this one.</param>
    /// <param name="certificate">All nodes' own: nobody else is taken for one.</param>
    /// <param name="hearing">Who hears them.</param>
    /// <param name="hasDashboard">Whether <see cref="DashboardPages"/> are shown.</param>
    /// <param name="died">Called when this one was declared dead.</param>
    /// <param name="logging">Adds log providers.</param>
    public static IHost Build(NpgsqlDataSource database, IPEndPoint between, X509Certificate2 certificate, Func<INodeHearing> hearing, bool hasDashboard, Action died, Action<ILoggingBuilder> logging)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        // It warns of what is usual here: of every node that goes, and of a garbage collector that was chosen with care.
        builder.Logging
            .AddFilter("Orleans", LogLevel.Error).AddFilter("Orleans.Runtime.GrainDirectory", LogLevel.Critical).AddFilter("Polly", LogLevel.Warning)
            .AddFilter("Microsoft", LogLevel.Warning).AddFilter(typeof(NodeMailbox).FullName, LogLevel.Warning);
        logging(builder.Logging);
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        builder.UseOrleans(silo =>
        {
            silo.UsePostgresMembership(database)
                .AddNodeLinks(_ => hearing(), OutgoingStreamOptions.Default)
                .Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (Name, Name))
                .Configure<SiloOptions>(o => o.SiloName = Environment.MachineName)

                // Who owns what is not decided here: it is enough that the dead are known after a while. One that was killed must not keep others from starting.
                .Configure<ClusterMembershipOptions>(o =>
                {
                    (o.ProbeTimeout, o.NumMissedProbesLimit) = (TimeSpan.FromSeconds(2), 3);
                    o.TableRefreshTimeout = TimeSpan.FromSeconds(10);
                    // A node that starts wants to hear of each that seems to live: after a power cut it waits so long for those of before.
                    (o.IAmAliveTablePublishTimeout, o.NumMissedTableIAmAliveLimit) = (TimeSpan.FromSeconds(3), 2);
                })
                .UseTls(certificate, o =>
                {
                    (o.RemoteCertificateMode, o.ClientCertificateMode) = (RemoteCertificateMode.RequireCertificate, RemoteCertificateMode.RequireCertificate);
                    o.RemoteCertificateValidation = (remote, _, _) => CryptographicOperations.FixedTimeEquals(remote.RawDataMemory.Span, certificate.RawDataMemory.Span);
                    o.OnAuthenticateAsClient = (_, client) => client.TargetHost = Name;
                })
                .ConfigureEndpoints(between.Address, between.Port, gatewayPort: 0);
            if (hasDashboard) DashboardPages.Add(silo);
            silo.Services.AddSingleton<IFatalErrorHandler>(new Death(died));
        });
        return builder.Build();
    }

    // Orleans ends the process where it stands; here it is ended as at any other time, if that is possible.
    private sealed class Death(Action died) : IFatalErrorHandler
    {
        public bool IsUnexpected(Exception exception) => true;

        public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null) => died();
    }
}
