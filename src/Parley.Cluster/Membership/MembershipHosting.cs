using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Parley.Cluster.Membership;

/// <summary>Gives a silo its membership.</summary>
public static class MembershipHosting
{
    /// <summary>Lets the silo find the others of its cluster (<see cref="ClusterOptions.ClusterId"/>) in a database that the journal shares.</summary>
    /// <param name="silo">The silo that is being built.</param>
    /// <param name="database">See <see cref="Journal.Postgres.ParleyDatabase.Open"/>; it must stay open as long as the silo runs.</param>
    public static ISiloBuilder UsePostgresMembership(this ISiloBuilder silo, NpgsqlDataSource database)
    {
        silo.Services.AddSingleton<IMembershipTable>(services =>
            new PostgresMembershipTable(database, services.GetRequiredService<IOptions<ClusterOptions>>().Value.ClusterId));
        return silo;
    }
}
