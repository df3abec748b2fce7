using Parley.Server.Identity;

namespace Parley.Server.Routing;

/// <summary>Who of an account's agents is there and what he says of himself; to be asked and told by its router alone.</summary>
/// <param name="accountId">The account.</param>
/// <param name="services">What all routers share.</param>
/// <param name="settings">The account's settings as they are now.</param>
/// <param name="graceOver">Gets the public id of an agent whose grace time is over, on any thread.</param>
internal sealed class Attendance(string accountId, RouterServices services, Func<AccountSettings> settings, Action<string> graceOver) : IDisposable
{
    private readonly Dictionary<string, AgentAvailability> _states = [];
    private readonly Dictionary<string, ITimer> _graces = [];

    /// <summary>What he said of himself; OFFLINE when he said nothing and the account does not count connecting as ONLINE.</summary>
    public AgentAvailability StateOf(string agentPid)
    {
        if (_states.TryGetValue(agentPid, out var state)) return state;
        return settings().ConnectedAgentIsOnline && IsConnected(agentPid) ? AgentAvailability.Online : AgentAvailability.Offline;
    }

    public bool IsConnected(string agentPid) => services.Connections.OfAgent(accountId, agentPid).Open.Length > 0;

    /// <summary>Whether he is away for longer than the grace time.</summary>
    public bool IsGone(string agentPid) => !IsConnected(agentPid) && !_graces.ContainsKey(agentPid);

    /// <summary>What he had said when the process ended.</summary>
    public void Restore(string agentPid, AgentAvailability state)
    {
        _states[agentPid] = state;
        Refresh(agentPid);
    }

    /// <summary>He says something of himself.</summary>
    public void Set(string agentPid, AgentAvailability state)
    {
        var since = _states.TryGetValue(agentPid, out var before) && before.State == state.State ? before.Since : services.Time.GetUtcNow().ToUnixTimeMilliseconds();
        _states[agentPid] = state with { Since = since };
        Save(agentPid, state);
    }

    /// <summary>His first socket opened or his last one closed: his grace time begins or ends.</summary>
    public void Refresh(string agentPid)
    {
        EndGrace(agentPid);
        if (IsConnected(agentPid)) return;
        _graces[agentPid] = services.Time.CreateTimer(
            _ => graceOver(agentPid), null, TimeSpan.FromSeconds(settings().PresenceGraceSeconds), Timeout.InfiniteTimeSpan);
    }

    /// <summary>After the grace time: what he said of himself no longer counts.</summary>
    /// <returns>False when he is back.</returns>
    public bool Forget(string agentPid)
    {
        if (IsConnected(agentPid)) return false;
        EndGrace(agentPid);
        if (_states.Remove(agentPid)) Save(agentPid, null);
        return true;
    }

    public void Dispose()
    {
        foreach (var grace in _graces.Values) grace.Dispose();
    }

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
