using System.Net;
using System.Text;
using Parley.Bench.Load;

namespace Parley.Bench.Subjects.Nats;

/// <summary>nats-server with JetStream: one stream on disk, a subject per conversation.</summary>
internal sealed class NatsPeer(PeerProcess process, IPEndPoint at) : ISubject
{
    private const string StreamConfig =
        """{"name":"S","subjects":["conv.*"],"storage":"file","num_replicas":1,"retention":"limits","max_age":0,"duplicate_window":120000000000}""";

    public int[] Processes => [process.Id];

    public static NatsPeer Start(string folder)
    {
        Directory.CreateDirectory(folder);
        var at = PeerProcess.FreePort();
        var configuration = Path.Combine(folder, "nats.conf");
        File.WriteAllText(configuration, $"listen: \"{at}\"\njetstream {{ store_dir: \"{folder}\", max_file_store: 16GB }}\n");
        var process = new PeerProcess("nats-server", ["-c", configuration]);
        process.AwaitListening(at);
        return new NatsPeer(process, at);
    }

    public Task<Pair[]> ConnectAsync(int count, int publishBytes, LoadMeter meter)
    {
        using var setup = Connect("SUB _SETUP 1\r\n");
        Ask(setup, "STREAM.CREATE.S", StreamConfig);
        return Task.FromResult(Enumerable.Range(0, count).Select(i =>
        {
            var agent = Connect($"SUB deliver.{i} 1\r\nPING\r\n");
            AwaitText(agent, "PONG\r\n");
            Ask(setup, "CONSUMER.CREATE.S", $$"""
                {"stream_name":"S","config":{"deliver_subject":"deliver.{{i}}","filter_subject":"conv.{{i}}","deliver_policy":"all","ack_policy":"none","replay_policy":"instant"} }
                """.Trim());
            return new Pair(Connect($"SUB answer.{i}.* 1\r\n"), agent, new NatsWire(i, publishBytes), meter);
        }).ToArray());
    }

    public void Dispose() => process.Dispose();

    private LeanSocket Connect(string commands)
    {
        var socket = LeanSocket.Connect(at);
        socket.Queue(Encoding.ASCII.GetBytes("CONNECT {\"verbose\":false,\"pedantic\":false,\"headers\":true}\r\n" + commands));
        socket.Flush();
        return socket;
    }

    private static void Ask(LeanSocket socket, string subject, string request)
    {
        socket.Queue(Encoding.ASCII.GetBytes($"PUB $JS.API.{subject} _SETUP {request.Length}\r\n{request}\r\n"));
        socket.Flush();
        var answer = AwaitText(socket, "}\r\n");
        if (answer.Contains("\"error\"", StringComparison.Ordinal)) throw new IOException($"{subject} was refused: {answer}");
    }

    // The server's greeting, which ends like an answer but is none, is left out.
    private static string AwaitText(LeanSocket socket, string end)
    {
        while (true)
        {
            var text = Encoding.ASCII.GetString(socket.Unread);
            var start = text.StartsWith("INFO ", StringComparison.Ordinal) ? text.IndexOf("\r\n", StringComparison.Ordinal) + 2 : 0;
            if (start != 1 && text.AsSpan(start).EndsWith(end))
            {
                socket.TrySkip(text.Length);
                return text[start..];
            }

            socket.WaitAndReceive();
        }
    }
}
