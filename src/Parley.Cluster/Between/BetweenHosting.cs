using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;

namespace Parley.Cluster.Between;

/// <summary>Gives a silo its links to the others.</summary>
internal static class BetweenHosting
{
    /// <summary>The silo's services get a <see cref="NodeLinks"/>.</summary>
    /// <param name="silo">The silo that is being built.</param>
    /// <param name="hearing">Who listens.</param>
    /// <param name="options">When a node is given up.</param>
    public static ISiloBuilder AddNodeLinks(this ISiloBuilder silo, Func<IServiceProvider, INodeHearing> hearing, OutgoingStreamOptions options)
    {
        silo.AddGrainService<NodeMailbox>();
        silo.Services.AddSingleton<NodeMailboxes>();
        silo.Services.AddSingleton(services =>
        {
            var (mailboxes, self) = (services.GetRequiredService<NodeMailboxes>(), services.GetRequiredService<Orleans.Runtime.ILocalSiloDetails>().SiloAddress);
            return new NodeLinks(
                (node, batch, end) => mailboxes.Of(node).TakeAsync(self, batch.Stream, batch.Number, batch.Items).WaitAsync(options.Patience, end),
                hearing(services), options, services.GetService<TimeProvider>() ?? TimeProvider.System);
        });
        return silo;
    }
}
