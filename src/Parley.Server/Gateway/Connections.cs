using System.Collections.Concurrent;

namespace Parley.Server.Gateway;

/// <summary>All open sockets, and each agent's.</summary>
internal sealed class Connections
{
    private readonly ConcurrentDictionary<Connection, byte> _all = new();
    private readonly ConcurrentDictionary<(string AccountId, string UserId), UserConnections> _users = new();

    /// <summary>An agent's sockets came from none to one (true) or went from one to none (false).</summary>
    public event Action<Principal, bool>? PresenceChanged;

    public IEnumerable<Connection> All => _all.Keys;

    public int Count => _all.Count;

    /// <summary>The sockets of an agent: the same object for the life of the process, whether he is connected or not.</summary>
    public UserConnections OfAgent(string accountId, string userId) => _users.GetOrAdd((accountId, userId), static _ => new UserConnections());

    public void Add(Connection connection) => _all[connection] = 0;

    /// <summary>The socket's user became known.</summary>
    public void Identify(Connection connection, Principal principal)
    {
        connection.Principal = principal;
        Add(connection);
        if (principal.IsAgent && OfAgent(principal.AccountId, principal.UserId).Add(connection)) PresenceChanged?.Invoke(principal, true);
    }

    public void Remove(Connection connection)
    {
        _all.TryRemove(connection, out _);
        if (connection.Principal is { IsAgent: true } principal && OfAgent(principal.AccountId, principal.UserId).Remove(connection))
            PresenceChanged?.Invoke(principal, false);
    }
}
