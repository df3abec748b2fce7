using System.Net;
using System.Text;
using Parley.Bench.Load;
using Parley.Bench.Workloads;

namespace Parley.Bench.Subjects.SignalR;

/// <summary>The hub of <c>bench/Parley.Bench.SignalR</c>.</summary>
internal sealed class SignalRPeer(PeerProcess process, IPEndPoint at) : ISubject
{
    private const char End = '\u001e';

    public int[] Processes => [process.Id];

    /// <param name="folders">Where the published hub is, too.</param>
    /// <param name="data">For its database; made.</param>
    /// <param name="batch">Messages that a commit takes at most.</param>
    public static SignalRPeer Start(BenchFolders folders, string data, int batch)
    {
        Directory.CreateDirectory(data);
        var at = PeerProcess.FreePort();
        var process = new PeerProcess(folders.SignalR, [$"{at}", Path.Combine(data, "messages.db"), $"{batch}"]);
        process.AwaitListening(at);
        return new SignalRPeer(process, at);
    }

    public Task<Pair[]> ConnectAsync(int count, int publishBytes, LoadMeter meter) => Task.FromResult(Enumerable.Range(0, count).Select(i =>
        new Pair(Join($"conversation-{i}"), Join($"conversation-{i}"), new SignalRWire($"conversation-{i}", publishBytes), meter)).ToArray());

    public void Dispose() => process.Dispose();

    private LeanSocket Join(string conversation)
    {
        var socket = LeanSocket.Upgrade(at, "/hub", "X-Bench: 1");
        Ask(socket, "{\"protocol\":\"json\",\"version\":1}", "{}");
        Ask(socket, $"{{\"type\":1,\"invocationId\":\"join\",\"target\":\"Join\",\"arguments\":[\"{conversation}\"]}}", "{\"type\":3,\"invocationId\":\"join\"");
        return socket;
    }

    private static void Ask(LeanSocket socket, string message, string answer)
    {
        socket.Queue(MaskedFrame.Create(FrameHeader.Text, Encoding.ASCII.GetBytes(message + End)));
        socket.Flush();
        ReadOnlySpan<byte> text;
        while (!socket.TryReadText(out text, out _)) socket.WaitAndReceive();
        if (!Encoding.UTF8.GetString(text).StartsWith(answer, StringComparison.Ordinal)) throw new IOException($"The hub answered {Encoding.UTF8.GetString(text)}");
    }
}
