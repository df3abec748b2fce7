using System.Net;
using Parley.Bench.Machine;
using Parley.Bench.Reporting;
using Parley.Bench.Subjects;

namespace Parley.Bench.Workloads.Idle;

/// <summary>What sockets cost that only stay: memory for each, and processor time at rest.</summary>
internal sealed class IdleWorkload(BenchFolders folders, IdleSettings settings)
{
    private const int AtOnce = 32;
    private const int Preparing = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task<IdleResult> RunAsync()
    {
        var data = folders.Fresh();
        var provenance = Provenance.Read(folders.Data);
        var cases = new List<IdleCase>();
        foreach (var transport in settings.Transports) cases.Add(await MeasureAsync($"{data}-{transport}", transport));
        return new IdleResult(provenance, settings, cases);
    }

    public static string Table(IdleResult result)
    {
        var table = new MarkdownTable("transport", "bytes/socket connected", "settled", "at the end", "server MB before", "settled", "cores at rest", "lost");
        foreach (var row in result.Cases)
        {
            table.Add(
                row.Transport, $"{row.ConnectedBytes:N0}", $"{row.SettledBytes:N0}", $"{row.EndBytes:N0}",
                $"{row.BaseMegabytes:0.0}", $"{row.SettledMegabytes:0.0}", $"{row.Rest.ServerCores:0.0000}", $"{row.Lost}");
        }

        return $"{result.Provenance}\n{result.Settings.Sockets:N0} consumers with a token, each following his list; resident memory of the server; at rest for {result.Settings.RestSeconds} s.\n\n{table}";
    }

    private async Task<IdleCase> MeasureAsync(string folder, string transport)
    {
        var isTls = transport == IdleSettings.Tls;
        using var server = ParleyProcess.Start(folders.Server, folder, Journals.Sqlite);
        using var api = new ParleyApi(server);
        var peer = isTls ? server.Https : server.Http;
        // What is compiled, loaded and pooled once must not be counted for the sockets.
        foreach (var first in await OpenAsync(api, peer, isTls, Preparing)) first.Dispose();
        await Collection.ForceAsync(server.Id);
        var before = Resident();
        var sockets = await OpenAsync(api, peer, isTls, settings.Sockets);
        var connected = Resident();
        await Collection.ForceAsync(server.Id);
        var settled = Resident();
        var watch = new CpuWatch(server.Id);
        await Task.Delay(TimeSpan.FromSeconds(settings.RestSeconds));
        var rest = watch.Stop();
        var answered = 0;
        foreach (var some in sockets.Chunk(AtOnce)) answered += (await Task.WhenAll(some.Select(IsThereAsync))).Count(isThere => isThere);
        await Collection.ForceAsync(server.Id);
        var result = new IdleCase(transport, before, connected, settled, Resident(), rest, sockets.Length, answered);
        foreach (var socket in sockets) socket.Dispose();
        server.Stop();
        Console.WriteLine($"{result.Transport}: {result.ConnectedBytes:N0} bytes per socket, {result.SettledBytes:N0} settled, {result.Lost} lost");
        return result;

        double Resident() => ProcessMemory.ResidentMegabytes(server.Id);
    }

    private static async Task<IdleSocket[]> OpenAsync(ParleyApi api, IPEndPoint peer, bool isTls, int count)
    {
        var sockets = new List<IdleSocket>(count);
        foreach (var some in Enumerable.Range(0, count).Chunk(AtOnce))
            sockets.AddRange(await Task.WhenAll(some.Select(async _ => await IdleSocket.OpenAsync(peer, isTls, await api.NewConsumerAsync()))));
        return [.. sockets];
    }

    private static async Task<bool> IsThereAsync(IdleSocket socket)
    {
        try
        {
            await socket.AskAsync(Patience);
            return true;
        }
        catch (Exception e) when (e is IOException or TimeoutException)
        {
            return false;
        }
    }
}
