using System.Net;
using Parley.Bench.Load;

namespace Parley.Bench.Subjects.Redis;

/// <summary>redis-server with an append-only file.</summary>
internal sealed class RedisPeer(PeerProcess process, IPEndPoint at) : ISubject
{
    public int[] Processes => [process.Id];

    /// <param name="folder">For its files; made.</param>
    /// <param name="sync"><c>appendfsync</c>.</param>
    public static RedisPeer Start(string folder, string sync)
    {
        Directory.CreateDirectory(folder);
        var at = PeerProcess.FreePort();
        var process = new PeerProcess("redis-server", [
            "--bind", "127.0.0.1", "--port", $"{at.Port}", "--dir", folder, "--save", "", "--appendonly", "yes", "--appendfsync", sync,
            "--no-appendfsync-on-rewrite", "no", "--daemonize", "no", "--maxclients", "2000"]);
        process.AwaitListening(at);
        return new RedisPeer(process, at);
    }

    public Task<Pair[]> ConnectAsync(int count, int publishBytes, LoadMeter meter) => Task.FromResult(Enumerable.Range(0, count).Select(i =>
    {
        var wire = new RedisWire($"conv:{i}", publishBytes);
        var agent = LeanSocket.Connect(at);
        wire.ReadOn(agent);
        return new Pair(LeanSocket.Connect(at), agent, wire, meter);
    }).ToArray());

    public void Dispose() => process.Dispose();
}
