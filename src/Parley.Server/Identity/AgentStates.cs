using Parley.Server.Routing;
using Parley.Server.Storage;

namespace Parley.Server.Identity;

/// <summary>What agents said of their availability, kept so that a restart does not make everybody go offline.</summary>
public sealed class AgentStates
{
    private readonly IAccountStore _store;
    private readonly List<(string AccountId, string AgentPid, AgentAvailability State)> _atStart;

    private AgentStates(IAccountStore store, List<(string AccountId, string AgentPid, AgentAvailability State)> atStart) => (_store, _atStart) = (store, atStart);

    internal static async Task<AgentStates> LoadAsync(IAccountStore store) => new(store, await store.ReadAsync(db => db.Query(
        "SELECT account, pid, state, description FROM agent_states",
        row => (row.GetString(0), row.GetString(1), new AgentAvailability(row.GetString(2), row.GetString(3))))));

    /// <summary>What is kept now of an account's agents: other processes may have written it.</summary>
    internal Task<List<(string AgentPid, AgentAvailability State)>> ReadAsync(string accountId) => _store.ReadAsync(db => db.Query(
        "SELECT pid, state, description FROM agent_states WHERE account = $1",
        row => (row.GetString(0), new AgentAvailability(row.GetString(1), row.GetString(2))), accountId));

    /// <summary>What was kept when the process started.</summary>
    internal IEnumerable<(string AgentPid, AgentAvailability State)> AtStart(string accountId) =>
        _atStart.Where(kept => kept.AccountId == accountId).Select(kept => (kept.AgentPid, kept.State));

    /// <param name="accountId">The agent's account.</param>
    /// <param name="agentPid">The agent.</param>
    /// <param name="state">What he says; null when he is gone.</param>
    internal Task SaveAsync(string accountId, string agentPid, AgentAvailability? state) => _store.WriteAsync(
        db =>
        {
            if (state is null) db.Execute("DELETE FROM agent_states WHERE account = $1 AND pid = $2", accountId, agentPid);
            else
            {
                db.Execute(
                    """
                    INSERT INTO agent_states (account, pid, state, description) VALUES ($1, $2, $3, $4)
                    ON CONFLICT (account, pid) DO UPDATE SET state = excluded.state, description = excluded.description
                    """,
                    accountId, agentPid, state.State, state.Description);
            }
        },
        () => { });
}
