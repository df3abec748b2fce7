using Parley.Server.Identity;
using Parley.Server.Ownership;

namespace Parley.Server.Routing;

/// <summary>Who of an account's agents is there and what he says of himself; to be asked and told by its router alone.</summary>
/// <param name="accountId">The account.</param>
/// <param name="services">What all routers share.</param>
/// <param name="settings">The account's settings as they are now.</param>
/// <param name="graceOver">Gets the public id of an agent whose grace time is over, on any thread.</param>
internal sealed class Attendance(string accountId, RouterServices services, Func<AccountSettings> settings, Action<string> graceOver) : IDisposable
{
    private readonly Dictionary<string, AgentAvailability> _states = [];
    private readonly Dictionary<string, long> _saidAt = [];
    private readonly Dictionary<string, ITimer> _graces = [];
    private readonly HashSet<string> _seen = []; // when they were last looked at

    /// <summary>What he said of himself; OFFLINE when he said nothing and the account does not count connecting as ONLINE.</summary>
    public AgentAvailability StateOf(string agentPid)
    {
        if (_states.TryGetValue(agentPid, out var state)) return state;
        return settings().ConnectedAgentIsOnline && IsConnected(agentPid) ? AgentAvailability.Online : AgentAvailability.Offline;
    }

    /// <summary>Whether he has a socket, on whichever node.</summary>
    public bool IsConnected(string agentPid) => IsHere(agentPid) || services.Connections.Elsewhere.Has(new PresentUser(accountId, agentPid, IsAgent: true));

    /// <summary>Whether he has a socket on this node.</summary>
    public bool IsHere(string agentPid) => services.Connections.OfAgent(accountId, agentPid).Open.Length > 0;

    /// <summary>Whether he is away for longer than the grace time; that of somebody who has just left has not begun yet.</summary>
    public bool IsGone(string agentPid) => !IsConnected(agentPid) && !_graces.ContainsKey(agentPid) && !_seen.Contains(agentPid);

    /// <summary>What he had said when the process ended, or another node that has gone.</summary>
    /// <returns>False when he is known to have said something since.</returns>
    public bool Restore(string agentPid, AgentAvailability state)
    {
        if (!_states.TryAdd(agentPid, state)) return false;
        Refresh(agentPid);
        return true;
    }

    /// <summary>He says something of himself.</summary>
    public void Set(string agentPid, AgentAvailability state)
    {
        var now = services.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var since = _states.TryGetValue(agentPid, out var before) && before.State == state.State ? before.Since : now;
        _states[agentPid] = state with { Since = since };
        _saidAt[agentPid] = Math.Max(now, _saidAt.GetValueOrDefault(agentPid) + 1);
        Save(agentPid, state);
        Tell(agentPid);
    }

    /// <summary>He said something of himself to another node, which keeps it.</summary>
    /// <returns>False when he has said something later.</returns>
    public bool Hear(string agentPid, AgentAvailability state, long saidAt)
    {
        if (_saidAt.GetValueOrDefault(agentPid) >= saidAt) return false;
        (_states[agentPid], _saidAt[agentPid]) = (state, saidAt);
        return true;
    }

    /// <summary>Tells other nodes what those have said who are here.</summary>
    public void TellAll()
    {
        foreach (var agentPid in _states.Keys.Where(IsHere)) Tell(agentPid);
    }

    /// <summary>His first socket opened or his last one closed: his grace time begins or ends.</summary>
    public void Refresh(string agentPid)
    {
        EndGrace(agentPid);
        if (IsConnected(agentPid))
        {
            _seen.Add(agentPid);
            return;
        }

        _seen.Remove(agentPid);
        _graces[agentPid] = services.Time.CreateTimer(
            _ => graceOver(agentPid), null, TimeSpan.FromSeconds(settings().PresenceGraceSeconds), Timeout.InfiniteTimeSpan);
    }

    /// <summary>After the grace time: what he said of himself no longer counts.</summary>
    /// <returns>False when he is back.</returns>
    public bool Forget(string agentPid)
    {
        if (IsConnected(agentPid)) return false;
        EndGrace(agentPid);
        _saidAt.Remove(agentPid);
        if (_states.Remove(agentPid) && services.Nodes.Routes(accountId)) Save(agentPid, null);
        return true;
    }

    public void Dispose()
    {
        foreach (var grace in _graces.Values) grace.Dispose();
    }

    private void Tell(string agentPid) => services.Nodes.TellState(accountId, agentPid, _states[agentPid], _saidAt.GetValueOrDefault(agentPid));

    private void EndGrace(string agentPid)
    {
        if (_graces.Remove(agentPid, out var grace)) grace.Dispose();
    }

    private async void Save(string agentPid, AgentAvailability? state)
    {
        try
        {
            await services.States.SaveAsync(accountId, agentPid, state).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            LogMessages.StateNotKept(services.Log, e, agentPid);
        }
    }
}
