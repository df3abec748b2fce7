using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Parley.Conversations;
using Parley.Journal;
using Parley.Server.Gateway;
using Parley.Server.Identity;
using Parley.Server.Ownership;

namespace Parley.Server.Routing;

/// <summary>Gives waiting conversations to agents: one <see cref="AccountRouter"/> per account.</summary>
internal sealed class Router(
    IdentityServices identity, Connections connections, LiveConversations conversations, RingFanOut rings, INodes nodes, IJournal journal, RoutingMetrics metrics, TimeProvider time, ILogger<Router> log) : IDisposable
{
    private readonly ConcurrentDictionary<string, AccountRouter> _routers = new();
    private volatile bool _hasStarted;

    /// <summary>The account's router; one that is made after the start is that of a new account.</summary>
    public AccountRouter Of(string accountId) => _routers.GetOrAdd(
        accountId, static (id, self) => new(id, self.Services, isNew: self._hasStarted), this);

    private RouterServices Services => new(identity.Accounts, identity.Agents, connections, conversations, rings, identity.AgentStates, nodes, journal, metrics, time, log);

    /// <summary>Rebuilds every queue from the open conversations; rings that waited when the process ended are called off.</summary>
    /// <param name="presence">Learns of the open conversations too.</param>
    public void Start(ConsumerPresence presence)
    {
        metrics.Figures = () => _routers.Values.Where(router => router.Acts).Select(router => router.Figures);
        connections.PresenceChanged += (principal, _) => Of(principal.AccountId).PresenceChanged(principal.UserId);
        identity.Revisions.Changed += accountId => Of(accountId).RulesChanged();
        foreach (var account in identity.Accounts.All)
        {
            var router = Of(account.Id);
            HashSet<string> assigned = [];
            foreach (var conversation in journal.Query(new ConversationQuery(account.Id) { Stage = Stage.Open, Limit = int.MaxValue }))
            {
                presence.Observe(null, conversation);
                router.Recover(conversation);
                if (conversation.AssignedAgent is { } agent) assigned.Add(agent.UserId);
            }

            // Who does not come back within the grace time is gone.
            foreach (var agent in assigned) router.PresenceChanged(agent);
            router.CompleteToday();
        }

        _hasStarted = true;
    }

    /// <summary>Whether a message changed what routing counts: what a waiting conversation is owed, or whether an agent's is idle.</summary>
    public bool Follows(Conversation? before, Conversation after) =>
        before is null || before.FirstAnswerTs != after.FirstAnswerTs
        || (before.UnansweredSince != after.UnansweredSince
            && (after.WaitingSince is not null || identity.Accounts.Find(after.AccountId)?.Settings.IdleSlotPercent < 100));

    /// <summary>More than the content of a conversation went from one committed state to another. Never blocks.</summary>
    public void Observe(Conversation? before, Conversation after) => Of(after.AccountId).Observe(before, after);

    /// <summary>Other nodes are told what agents here have said of themselves.</summary>
    public void TellStates() => ForAll(router => router.TellStates());

    /// <summary>Another node may route for an account than before.</summary>
    public void OwnersChanged() => ForAll(router => router.OwnerChanged());

    /// <summary>Looks at the open conversations again, after something was missed.</summary>
    public void Recheck(ConsumerPresence presence)
    {
        foreach (var account in identity.Accounts.All) Of(account.Id).Recheck(presence);
    }

    public void Dispose()
    {
        foreach (var router in _routers.Values) router.Dispose();
    }

    private void ForAll(Action<AccountRouter> act)
    {
        foreach (var router in _routers.Values) act(router);
    }
}
