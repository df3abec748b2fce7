using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Parley.Cluster.Tests.Serving;
using Parley.Journal.Tests.Postgres.Support;

namespace Parley.Cluster.Tests.Operating;

/// <summary>What an operator is told of nodes: <c>parley cluster status</c>, the dashboard, the figures.</summary>
[Collection(ServingTests.Alone)]
public sealed class ClusterStatusTests
{
    [Fact]
    public async Task Nodes_are_told_with_what_they_say_of_themselves_and_what_is_wrong_by_the_exit_code()
    {
        await using var database = new TestDatabase();
        var (nothing, _, _) = await Executable.RunAsync("cluster", "status", "--cluster", database.ConnectionString);
        Assert.Equal(2, nothing);
        await using var one = new NodeProcess(database.ConnectionString);
        await using var other = new NodeProcess(database.ConnectionString);
        await Task.WhenAll(one.StartAsync(), other.StartAsync());
        await database.Until("SELECT count(DISTINCT owner) = 2 AND bool_and(owner <> '') FROM shard");
        await database.Until("SELECT count(*) = 2 FROM node_report WHERE report LIKE '%\"problem\":null%'");

        var status = await StatusAsync(database, 0);
        Assert.Equal((0, 0), ((int)status["shardsWithoutOwner"]!, status["problems"]!.AsArray().Count));
        var nodes = status["nodes"]!.AsArray();
        Assert.Equal([128, 128], nodes.Select(node => (int)node!["shards"]!));
        Assert.All(nodes, node => Assert.Equal((Environment.MachineName, 0), ((string?)node!["report"]!["host"], (int)node["report"]!["sockets"]!)));
        var (_, text, _) = await Executable.RunAsync("cluster", "status", "--cluster", database.ConnectionString);
        Assert.Contains($"127.0.0.1:{one.Port}", text);

        // Stopped politely it is gone; killed it is shown, and what it owned has no owner until the other one takes it.
        other.Signal("STOP");
        one.Signal("KILL");
        await one.EndedAsync();
        await database.Until("SELECT bool_and(lease_until < now()) FROM node");
        Assert.Contains("no node lives", (await StatusAsync(database, 2))["problems"]!.ToJsonString());
        other.Signal("CONT");
        await database.Until("SELECT count(*) = 256 FROM shard JOIN node ON node.id = shard.owner WHERE lease_until > now()");
        await database.Until("SELECT EXISTS(SELECT FROM node_report JOIN node ON id = node WHERE lease_until > now() AND at > now() - interval '5 seconds' AND report LIKE '%\"problem\":null%')");
        status = await StatusAsync(database, 0);
        Assert.Single(status["nodes"]!.AsArray(), node => !(bool)node!["isLive"]!);
        other.Signal("TERM");
        Assert.Equal(0, await other.EndedAsync());
        Assert.Equal(0L, database.Run("SELECT count(*) FROM node_report WHERE node IN (SELECT id FROM node WHERE lease_until > now())"));
    }

    [Fact]
    public async Task The_dashboard_and_the_figures_of_a_node_are_at_its_listener_the_former_for_its_operator_alone()
    {
        await using var database = new TestDatabase();
        await using var node = new NodeProcess(database.ConnectionString);
        await node.StartAsync("--set", "Dashboard=true");
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = node.Address };
        foreach (var path in (string[])["", "/", "/ClusterStats", "/index.min.js"])
        {
            http.DefaultRequestHeaders.Authorization = null;
            using var refused = await http.GetAsync($"/operator/dashboard{path}");
            Assert.Equal((HttpStatusCode.Unauthorized, "Basic"), (refused.StatusCode, refused.Headers.WwwAuthenticate.Single().Scheme));
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Basic("operator:wrong"));
            Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync($"/operator/dashboard{path}")).StatusCode);
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Basic($"operator:{node.OperatorToken}"));
            Assert.Equal(path == "" ? HttpStatusCode.MovedPermanently : HttpStatusCode.OK, (await http.GetAsync($"/operator/dashboard{path}")).StatusCode);
        }

        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", node.OperatorToken);
        Assert.Contains("Orleans", await http.GetStringAsync("/operator/dashboard/"));
        for (var asked = Stopwatch.StartNew(); await HostsAsync() != 1; await Task.Delay(100)) // the dashboard looks once a second
            Assert.True(asked.Elapsed < TimeSpan.FromSeconds(30));

        var figures = await http.GetStringAsync("/metrics");
        foreach (var name in (string[])["parley_cluster_shards", "parley_cluster_waiting", "parley_cluster_lease_renewal_seconds", "parley_cluster_takeover_seconds", "parley_cluster_shards_taken"])
            Assert.Contains(name, figures);
        Assert.Contains("parley_cluster_shards{", figures);

        async Task<int> HostsAsync() => (int)JsonNode.Parse(await http.GetStringAsync("/operator/dashboard/DashboardCounters"))!["totalActiveHostCount"]!;
    }

    private static string Basic(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static async Task<JsonNode> StatusAsync(TestDatabase database, int exitCode)
    {
        var (code, output, error) = await Executable.RunAsync("cluster", "status", "--json", "--cluster", database.ConnectionString);
        Assert.True(code == exitCode, $"{code} {output} {error}");
        return JsonNode.Parse(output)!;
    }
}
