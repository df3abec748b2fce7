using Parley.Bench.Load;

namespace Parley.Bench.Subjects;

/// <summary>Nodes of Parley over one PostgreSQL. Their processor time and the database's count together.</summary>
internal sealed class ClusterSubject(PostgresServer database, IReadOnlyList<ParleyProcess> nodes) : ISubject
{
    private const string Database = "parley";

    private readonly ParleyApi[] _apis = [.. nodes.Select(node => new ParleyApi(node))];

    public int[] Processes => [.. nodes.Select(node => node.Id), database.Id];

    public static ClusterSubject Start(string executable, string folder, int nodes)
    {
        var database = new PostgresServer(Path.Combine(folder, "postgresql"));
        var started = new List<ParleyProcess>();
        try
        {
            database.Create(Database);
            for (var i = 0; i < nodes; i++)
                started.Add(ParleyProcess.StartNode(executable, Path.Combine(folder, $"node-{i}"), database.Connection(Database), PeerProcess.FreePort()));
            return new ClusterSubject(database, started);
        }
        catch
        {
            started.ForEach(node => node.Dispose());
            database.Dispose();
            throw;
        }
    }

    public async Task<Pair[]> ConnectAsync(int count, int publishBytes, LoadMeter meter)
    {
        foreach (var api in _apis) await api.ReadyAsync();
        return await PairSetup.CreateAsync(nodes, _apis[0], count, publishBytes, meter);
    }

    public async Task<Settling?> SettlingAsync()
    {
        var all = await Task.WhenAll(_apis.Select(api => api.SettlingAsync()));
        return new Settling(all.Sum(one => one.TailMegabytes), all.Sum(one => one.SettledEvents));
    }

    public Task<double?> AllocatedAsync() => SumAsync("dotnet_gc_heap_total_allocated_bytes_total");

    public Task<double?> BetweenNodesAsync() => SumAsync("parley_cluster_sent_bytes_total");

    public void Stop()
    {
        foreach (var node in nodes) node.Stop();
    }

    public void Dispose()
    {
        foreach (var api in _apis) api.Dispose();
        foreach (var node in nodes) node.Dispose();
        database.Dispose();
    }

    private async Task<double?> SumAsync(string metric) => (await Task.WhenAll(_apis.Select(api => api.MetricsAsync(metric)))).Sum(values => values[0]);
}
