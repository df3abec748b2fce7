using System.Text.Json.Nodes;
using Parley.Bench.Load;

namespace Parley.Bench.Subjects;

/// <summary>Parley, with or without a journal.</summary>
internal sealed class ParleySubject(ParleyProcess server) : ISubject
{
    // Holds a list of some thousand conversations in one frame.
    private const int ManagerBufferBytes = 8 * 1024 * 1024;

    private readonly ParleyApi _api = new(server);

    public int[] Processes => [server.Id];

    public Task<Pair[]> ConnectAsync(int count, int publishBytes, LoadMeter meter) => PairSetup.CreateAsync(server, _api, count, publishBytes, meter);

    public async Task<Bystander[]> WatchAsync(IReadOnlyList<Pair> pairs, int managers)
    {
        for (var i = 0; i < pairs.Count; i++)
        {
            var own = _api.AgentId($"bench-{i}");
            var listed = Follow(new RequestSocket(pairs[i].Agent), new JsonObject { ["agentIds"] = new JsonArray(own) });
            if (listed != 1) throw new IOException($"An agent with one conversation was told of {listed}.");
        }

        var watching = new Bystander[managers];
        for (var i = 0; i < managers; i++)
        {
            var socket = LeanSocket.Connect(
                server.Http, $"{PairSetup.Sockets}/brand?v=2", $"jwt {await _api.NewAgentAsync($"manager-{i}", maxSlots: 1, role: "Manager")}", ManagerBufferBytes);
            var all = Follow(new RequestSocket(socket), []);
            if (all < pairs.Count) throw new IOException($"A manager was told of {all} of {pairs.Count} conversations.");
            watching[i] = new Bystander(socket);
        }

        return watching;
    }

    public async Task<Settling?> SettlingAsync() => await _api.SettlingAsync();

    public async Task<double?> AllocatedAsync() => (await _api.MetricsAsync("dotnet_gc_heap_total_allocated_bytes_total"))[0];

    public void Stop() => server.Stop();

    public void Dispose()
    {
        _api.Dispose();
        server.Dispose();
    }

    /// <summary>Subscribes to a list.</summary>
    /// <returns>Conversations that it had at once.</returns>
    private static int Follow(RequestSocket socket, JsonObject filter)
    {
        filter["stage"] = new JsonArray("OPEN");
        socket.Ask(".ams.aam.SubscribeExConversations", filter);
        var list = socket.Await(notification => notification.GetProperty("type").GetString() == ".ams.aam.ExConversationChangeNotification");
        return list.GetProperty("body").GetProperty("changes").GetArrayLength();
    }
}
