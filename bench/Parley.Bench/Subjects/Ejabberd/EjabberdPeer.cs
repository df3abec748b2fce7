using System.Net;
using System.Text;
using Parley.Bench.Load;

namespace Parley.Bench.Subjects.Ejabberd;

/// <summary>ejabberd, whose users and archive are in PostgreSQL.</summary>
internal sealed class EjabberdPeer(PostgresServer database, PeerProcess process, IPEndPoint at) : ISubject
{
    private const string Password = "secret";
    private const int Users = 2000;
    private const string Open = "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='localhost' version='1.0'/>";

    public int[] Processes => [process.Id, database.Id];

    public static EjabberdPeer Start(string folder)
    {
        var database = new PostgresServer(Path.Combine(folder, "postgresql"));
        try
        {
            database.Create("ejabberd", "-f", "/usr/share/ejabberd/sql/pg.sql", "-c",
                $"insert into users(username, password) select 'u'||i, '{Password}' from generate_series(0, {Users - 1}) i");
            var at = PeerProcess.FreePort();
            var configuration = Path.Combine(folder, "ejabberd.yml");
            File.WriteAllText(configuration, Configuration(at, database.At));
            // Without a node name there is no distribution and no epmd that would stay behind.
            var process = new PeerProcess(
                "erl", ["+K", "true", "+P", "250000", "-noinput", "-mnesia", "dir", $"\"{folder}/mnesia\"", "-s", "ejabberd"],
                new Dictionary<string, string>
                {
                    ["EJABBERD_CONFIG_PATH"] = configuration,
                    ["EJABBERD_LOG_PATH"] = Path.Combine(folder, "ejabberd.log"),
                    ["ERL_LIBS"] = "/usr/lib/x86_64-linux-gnu",
                    ["ERL_MAX_PORTS"] = "32000",
                    ["HOME"] = folder,
                });
            process.AwaitListening(at);
            return new EjabberdPeer(database, process, at);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public Task<Pair[]> ConnectAsync(int count, int publishBytes, LoadMeter meter) => Task.FromResult(Enumerable.Range(0, count).Select(i =>
    {
        var agent = Login($"u{2 * i + 1}");
        Ask(agent, "<presence xmlns='jabber:client'/>", "<presence");
        var sender = Login($"u{2 * i}");
        Ask(sender, "<enable xmlns='urn:xmpp:sm:3'/>", "<enabled");
        return new Pair(sender, agent, new XmppWire($"u{2 * i + 1}@localhost", publishBytes), meter);
    }).ToArray());

    public void Dispose()
    {
        process.Dispose();
        database.Dispose();
    }

    private LeanSocket Login(string user)
    {
        var socket = LeanSocket.Upgrade(at, "/ws", "Sec-WebSocket-Protocol: xmpp");
        Ask(socket, Open, "<stream:features");
        Ask(socket, $"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{Convert.ToBase64String(Encoding.ASCII.GetBytes($"\0{user}\0{Password}"))}</auth>", "<success");
        Ask(socket, Open, "<stream:features");
        Ask(socket, "<iq xmlns='jabber:client' type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>bench</resource></bind></iq>", "<iq");
        return socket;
    }

    private static void Ask(LeanSocket socket, string stanza, string answer)
    {
        socket.Queue(MaskedFrame.Create(FrameHeader.Text, Encoding.ASCII.GetBytes(stanza)));
        socket.Flush();
        for (string text; !(text = Next(socket)).StartsWith(answer, StringComparison.Ordinal);)
        {
            if (!text.StartsWith("<open", StringComparison.Ordinal)) throw new IOException($"ejabberd answered {text}");
        }
    }

    private static string Next(LeanSocket socket)
    {
        ReadOnlySpan<byte> text;
        while (!socket.TryReadText(out text, out var isWhole))
        {
            if (isWhole) throw new IOException("ejabberd closed the socket.");
            socket.WaitAndReceive();
        }

        return Encoding.UTF8.GetString(text);
    }

    private static string Configuration(IPEndPoint at, IPEndPoint database) => $$"""
        hosts: [localhost]
        loglevel: warning
        listen:
          - port: {{at.Port}}
            ip: "127.0.0.1"
            module: ejabberd_http
            request_handlers:
              /ws: ejabberd_http_ws
        auth_method: [sql]
        auth_password_format: plain
        auth_cache_size: 10000
        default_db: sql
        sql_type: pgsql
        sql_server: "127.0.0.1"
        sql_port: {{database.Port}}
        sql_database: ejabberd
        sql_username: parley
        sql_pool_size: 8
        modules:
          mod_mam: {default: always, db_type: sql}
          mod_offline: {use_mam_for_storage: true}
          mod_stream_mgmt: {}
          mod_ping: {}
        """;
}
