using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Parley.Server.Ownership;

namespace Parley.Server.Gateway;

/// <summary>All open sockets, each agent's, and which consumers have any.</summary>
internal sealed class Connections
{
    private readonly ConcurrentDictionary<Connection, byte> _all = new();
    private readonly ConcurrentDictionary<(string AccountId, string UserId), UserConnections> _users = new();
    private bool _areEnding;
    private readonly Lock _consumersGate = new();
    private readonly Dictionary<(string AccountId, string UserId), int> _consumers = [];

    /// <summary>An agent's sockets came from none to one (true) or went from one to none (false).</summary>
    public event Action<Principal, bool>? PresenceChanged;

    /// <summary>
    /// A consumer's first socket opened or his last one is gone. Raised under a lock, hence in the order in which it
    /// happened: who hears it must neither wait nor take another lock.
    /// </summary>
    public event Action<PresenceChange>? ConsumerPresenceChanged;

    /// <summary>Who has sockets on other nodes.</summary>
    public Elsewhere Elsewhere { get; } = new();

    public IEnumerable<Connection> All => _all.Keys;

    public int Count => _all.Count;

    /// <summary>Whether the server ends, so that whoever still joins is sent away.</summary>
    public bool AreEnding
    {
        get => Volatile.Read(ref _areEnding);
        set => Volatile.Write(ref _areEnding, value);
    }

    /// <summary>The sockets of an agent: the same object for the life of the process, whether he is connected or not.</summary>
    public UserConnections OfAgent(string accountId, string userId) => _users.GetOrAdd((accountId, userId), static _ => new UserConnections());

    /// <summary>Whether a consumer has a socket now.</summary>
    public bool HasConsumer(string accountId, string consumerId)
    {
        lock (_consumersGate) return _consumers.ContainsKey((accountId, consumerId));
    }

    /// <summary>Everybody who has a socket here.</summary>
    public IReadOnlyCollection<PresentUser> Present()
    {
        lock (_consumersGate)
        {
            return
            [
                .. _users.Where(user => user.Value.Open.Length > 0).Select(user => new PresentUser(user.Key.AccountId, user.Key.UserId, IsAgent: true)),
                .. _consumers.Keys.Select(user => new PresentUser(user.AccountId, user.UserId, IsAgent: false)),
            ];
        }
    }

    public void Add(Connection connection) => _all[connection] = 0;

    /// <summary>The socket's user became known, or another.</summary>
    public void Identify(Connection connection, Principal principal)
    {
        if (!principal.IsAgent)
        {
            IdentifyConsumer(connection, principal);
            return;
        }

        connection.Principal = principal;
        Add(connection);
        if (OfAgent(principal.AccountId, principal.UserId).Add(connection)) PresenceChanged?.Invoke(principal, true);
    }

    public void Remove(Connection connection)
    {
        if (connection.Principal is { IsAgent: true } principal)
        {
            _all.TryRemove(connection, out _);
            if (OfAgent(principal.AccountId, principal.UserId).Remove(connection)) PresenceChanged?.Invoke(principal, false);
            return;
        }

        lock (_consumersGate)
        {
            connection.HasLeft = true;
            _all.TryRemove(connection, out _);
            if (connection.Principal is { } consumer && Leaves(consumer)) Raise(consumer, isThere: false);
        }
    }

    // Signing in changes the identity of an open socket while it may be closing. The consumer it was is not gone then: he
    // goes on as another.
    private void IdentifyConsumer(Connection connection, Principal principal)
    {
        lock (_consumersGate)
        {
            if (connection.HasLeft) return;
            var former = connection.Principal;
            connection.Principal = principal;
            Add(connection);
            if (Joins(principal)) Raise(principal, isThere: true);
            if (former is not null) Leaves(former);
        }
    }

    // Whether it is his first socket.
    private bool Joins(Principal consumer) =>
        ++CollectionsMarshal.GetValueRefOrAddDefault(_consumers, (consumer.AccountId, consumer.UserId), out _) == 1;

    // Whether it was his last socket.
    private bool Leaves(Principal consumer) =>
        --CollectionsMarshal.GetValueRefOrNullRef(_consumers, (consumer.AccountId, consumer.UserId)) == 0 && _consumers.Remove((consumer.AccountId, consumer.UserId));

    private void Raise(Principal consumer, bool isThere) => ConsumerPresenceChanged?.Invoke(new(consumer.AccountId, consumer.UserId, isThere));
}
