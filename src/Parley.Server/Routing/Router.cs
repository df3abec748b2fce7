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
    Accounts accounts, AgentDirectory agents, Connections connections, LiveConversations conversations, RingFanOut rings, IJournal journal, TimeProvider time, ILogger<Router> log) : IDisposable
{
    private readonly ConcurrentDictionary<string, AccountRouter> _routers = new();

    public AccountRouter Of(string accountId) => _routers.GetOrAdd(
        accountId, static (id, self) => new(id, self.Services), this);

    private RouterServices Services => new(accounts, agents, connections, conversations, rings, time, log);

    /// <summary>Rebuilds every queue from the open conversations; rings that waited when the process ended are called off.</summary>
    /// <param name="presence">Learns of the open conversations too.</param>
    public void Start(ConsumerPresence presence)
    {
        connections.PresenceChanged += (principal, _) => Of(principal.AccountId).PresenceChanged(principal.UserId);
        foreach (var account in accounts.All)
        {
            var router = Of(account.Id);
            foreach (var conversation in journal.Query(new ConversationQuery(account.Id) { Stage = Stage.Open, Limit = int.MaxValue }))
            {
                presence.Observe(null, conversation);
                router.Recover(conversation);
            }
        }
    }

    /// <summary>More than the content of a conversation went from one committed state to another. Never blocks.</summary>
    public void Observe(Conversation? before, Conversation after) => Of(after.AccountId).Observe(before, after);

    public void Dispose()
    {
        foreach (var router in _routers.Values) router.Dispose();
    }
}
