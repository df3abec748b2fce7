namespace Parley.Server.Routing;

/// <summary>How many agents of an account are in which state; whoever reads <see cref="ByState"/> has it as it was then.</summary>
internal sealed class AgentCensus
{
    private readonly Dictionary<string, string> _states = [];
    private readonly Dictionary<string, int> _counts = new() { ["ONLINE"] = 0, ["OCCUPIED"] = 0, ["BACK_SOON"] = 0, ["AWAY"] = 0, ["OFFLINE"] = 0 };
    private Dictionary<string, int>? _shown;

    public IReadOnlyDictionary<string, int> ByState => _shown ??= new(_counts);

    /// <summary>An agent's state, or null when he is disabled.</summary>
    public void Set(string agentPid, string? state)
    {
        if (_states.GetValueOrDefault(agentPid) == state) return;
        if (_states.Remove(agentPid, out var before)) _counts[before]--;
        if (state is not null)
        {
            _states[agentPid] = state;
            _counts[state]++;
        }

        _shown = null;
    }
}
