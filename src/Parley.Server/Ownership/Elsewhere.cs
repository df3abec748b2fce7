using System.Collections.Concurrent;

namespace Parley.Server.Ownership;

/// <summary>Who has sockets on other nodes, as these have told. Nobody, where there is no other node.</summary>
internal sealed class Elsewhere
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, HashSet<PresentUser>> _byNode = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<PresentUser, int> _nodes = new();

    public bool Has(in PresentUser user) => _nodes.ContainsKey(user);

    /// <summary>A node told that somebody came or went.</summary>
    /// <returns>Whether that makes a difference: he was nowhere else, or is nowhere else now.</returns>
    public bool Set(string node, in PresentUser user, bool isThere)
    {
        lock (_gate) return Change(Of(node), user, isThere);
    }

    /// <summary>A node told everybody who is there; nobody, when it is gone.</summary>
    /// <returns>For whom that makes a difference.</returns>
    public IReadOnlyList<PresentUser> Replace(string node, IReadOnlyCollection<PresentUser> users)
    {
        lock (_gate)
        {
            var there = Of(node);
            var (gone, come) = (there.Except(users).ToList(), users.Except(there).ToList());
            List<PresentUser> changed = [.. gone.Where(user => Change(there, user, isThere: false)), .. come.Where(user => Change(there, user, isThere: true))];
            if (there.Count == 0) _byNode.Remove(node);
            return changed;
        }
    }

    private HashSet<PresentUser> Of(string node) => _byNode.TryGetValue(node, out var users) ? users : _byNode[node] = [];

    private bool Change(HashSet<PresentUser> there, in PresentUser user, bool isThere)
    {
        if (!(isThere ? there.Add(user) : there.Remove(user))) return false;
        var count = _nodes.GetValueOrDefault(user) + (isThere ? 1 : -1);
        if (count == 0) _nodes.TryRemove(user, out _);
        else _nodes[user] = count;
        return count == (isThere ? 1 : 0);
    }
}
