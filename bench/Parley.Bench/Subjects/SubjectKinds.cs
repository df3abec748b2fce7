using Parley.Bench.Subjects.Ejabberd;
using Parley.Bench.Subjects.Nats;
using Parley.Bench.Subjects.Redis;
using Parley.Bench.Subjects.SignalR;

namespace Parley.Bench.Subjects;

/// <summary>Everything that can be measured.</summary>
internal static class SubjectKinds
{
    /// <summary>The product.</summary>
    public const string Parley = "parley";

    /// <summary>The same server, which keeps nothing.</summary>
    public const string Limit = "limit";

    public static IReadOnlyList<SubjectKind> All { get; } =
    [
        new(Parley, "Parley", DurabilityTier.T2, "JSON over WebSocket; answer and two notifications per publish", [],
            (folders, data) => new ParleySubject(ParleyProcess.Start(folders.Server, data, Journals.Sqlite))),
        new(Limit, "Limit", DurabilityTier.T0, "Parley with --journal none: same gateway, same frames, nothing kept", [],
            (folders, data) => new ParleySubject(ParleyProcess.Start(folders.Server, data, Journals.None))),
        new("postgres", "Parley, PostgreSQL", DurabilityTier.T2, "one node of a cluster: the journal in PostgreSQL with synchronous_commit on, whose processor time counts", ["postgresql"],
            (folders, data) => ClusterSubject.Start(folders.Server, data, nodes: 1)),
        new("cluster", "Parley, three nodes", DurabilityTier.T2,
            "three nodes over one PostgreSQL: two thirds of the publishes are decided by a node other than the consumer's, and his agent is on a third or that one", ["postgresql"],
            (folders, data) => ClusterSubject.Start(folders.Server, data, nodes: 3)),
        new("redis", "Redis Streams", DurabilityTier.T2, "appendfsync always; raw RESP, XADD and XREAD BLOCK 0; one delivery per publish", ["redis-server"],
            (_, data) => RedisPeer.Start(data, "always")),
        new("redis-everysec", "Redis Streams, everysec", DurabilityTier.T1, "appendfsync everysec; else as redis", ["redis-server"],
            (_, data) => RedisPeer.Start(data, "everysec")),
        new("nats", "NATS JetStream", DurabilityTier.T1, "file storage, not synced per message; client protocol, push consumer without acks; one delivery per publish", ["nats-server"],
            (_, data) => NatsPeer.Start(data)),
        new("ejabberd", "ejabberd + PostgreSQL", DurabilityTier.T2,
            "XMPP over WebSocket, archive (MAM) for both users in PostgreSQL with synchronous_commit on; acknowledged by XEP-0198; one delivery per publish",
            ["ejabberd", "erlang-p1-pgsql", "postgresql"], (_, data) => EjabberdPeer.Start(data)),
        new("signalr", "SignalR + SQLite", DurabilityTier.T2,
            "JSON hub over WebSocket, one writer, one commit per message (WAL, synchronous=FULL); completion and two notifications per publish", [],
            (folders, data) => SignalRPeer.Start(folders, data, batch: 1)),
        new("signalr-batched", "SignalR + SQLite, batched", DurabilityTier.T2, "as signalr, but a commit takes whatever waits, up to 1,000 messages", [],
            (folders, data) => SignalRPeer.Start(folders, data, batch: 1000)),
    ];

    /// <exception cref="IOException">There is none with that name.</exception>
    public static SubjectKind Named(string name) =>
        All.FirstOrDefault(kind => kind.Name == name) ?? throw new IOException($"There is no subject {name}; there are {string.Join(", ", All.Select(kind => kind.Name))}.");
}
